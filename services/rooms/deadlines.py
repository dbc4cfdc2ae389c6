"""What is due: rows read without locking; each becomes a command, which checks again and deletes its row itself.

A lost connection costs the seat only after `signal.events.v1` was read to its end, asked for after the deadline: with
signalling or Kafka away nobody loses a seat.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import asyncpg
import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from contracts.kafka import SIGNAL_EVENTS
from services.kit.database import Database, Record
from services.kit.events import Cause
from services.kit.health import Check
from services.kit.ids import Clock
from services.kit.leader import leading
from services.kit.lifecycle import every
from services.rooms.beside import RoomStore
from services.rooms.consumers import PRESENCE
from services.rooms.domain.commands import CountdownDue, GraceDue, InvitationDue, OpeningDue
from services.rooms.domain.rows import Kind

log = structlog.get_logger()
POLL_SECONDS = 0.25
IDLE_SECONDS = 10.0  # a frozen instance does not look after them for ever
ROUND = 200
Ends = Mapping[int, int]  # by partition of signal.events.v1
AskEnds = Callable[[], Awaitable[Ends]]


class Deadlines:
    """One instance looks after them at a time. Were it two, the due command would still decide once, under the lock."""

    def __init__(self, database: Database, store: RoomStore, ends: AskEnds, clock: Clock) -> None:
        self._database, self._store, self._ends, self._clock = database, store, ends, clock
        self._doing = "starting"

    async def run(self) -> None:
        """Until cancelled, whenever it is this instance's turn."""
        await every(POLL_SECONDS, self._as_leader)

    async def health(self) -> Check:
        row = await self._database.fetchrow(LATE, self._clock())
        seconds = round(row["seconds"], 1) if row else 0.0
        return Check(True, self._doing, {"seconds": seconds})

    async def _as_leader(self) -> None:
        try:
            async with leading(self._database, "deadlines", self._stands_by, IDLE_SECONDS) as session:
                while True:
                    try:
                        await self._tick(session)
                        self._doing = "looking after them"
                    except KafkaError as error:
                        self._say(f"seats wait for Kafka: {error!r}")
                    await asyncio.sleep(POLL_SECONDS)
        except Exception as error:
            self._doing = f"{type(error).__name__}: {error}"
            raise

    def _say(self, trouble: str) -> None:
        """Once, not at every look."""
        if trouble != self._doing:
            log.error(trouble)
        self._doing = trouble

    def _stands_by(self) -> None:
        self._doing = "standing by"

    async def _tick(self, session: "asyncpg.Connection[Record]") -> None:
        """Do everything that is due now and may be done. Raises KafkaError when seats have to wait for Kafka."""
        at = self._clock()
        await self._all(await session.fetch(DUE, at, [Kind.INVITATION, Kind.COUNTDOWN, Kind.OPENING], ROUND))
        lost = await session.fetch(DUE, at, [Kind.GRACE], ROUND)
        if lost:
            behind = await self._behind()
            await self._all([row for row in lost if SIGNAL_EVENTS.partition_of(row["room_id"]) not in behind])

    async def _all(self, due: Sequence[Record]) -> None:
        await asyncio.gather(
            *(self._store.handle(row["room_id"], self._command(row), Cause(), always=True) for row in due)
        )

    def _command(self, row: Record) -> GraceDue | InvitationDue | CountdownDue | OpeningDue:
        at = self._clock()
        match Kind(row["kind"]):
            case Kind.GRACE:
                return GraceDue(row["user_id"], row["seat"], row["connection_no"], at)
            case Kind.INVITATION:
                return InvitationDue(row["user_id"], at)
            case Kind.COUNTDOWN:
                return CountdownDue(at)
            case Kind.OPENING:
                return OpeningDue(at)

    async def _behind(self) -> set[int]:
        """The partitions of signal.events.v1 that presence has not read to their end, as it is now."""
        ends = await self._ends()
        rows = await self._database.fetch(READ_TO, PRESENCE, SIGNAL_EVENTS.name)
        read_to = {row["partition"]: row["next_offset"] for row in rows}
        return {partition for partition, end in ends.items() if read_to.get(partition, 0) < end}


class SignalEnds:
    """Asks Kafka where `signal.events.v1` ends. Raises KafkaError while it is away."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self._kafka: AIOKafkaConsumer | None = None

    async def ask(self) -> Ends:
        try:
            kafka = await self._connected()
            partitions = [TopicPartition(SIGNAL_EVENTS.name, number) for number in range(SIGNAL_EVENTS.partitions)]
            return {partition.partition: end for partition, end in (await kafka.end_offsets(partitions)).items()}
        except Exception:  # whatever it was, the next one begins anew
            await self.close()
            raise

    async def close(self) -> None:
        if self._kafka:
            # Without Kafka, `stop` raises CancelledError: in a task of its own it cannot cancel us.
            await asyncio.wait([asyncio.create_task(self._kafka.stop())])
            self._kafka = None

    async def _connected(self) -> AIOKafkaConsumer:
        if self._kafka is None:
            kafka = AIOKafkaConsumer(bootstrap_servers=self._bootstrap, group_id=None, enable_auto_commit=False)
            self._kafka = kafka  # before it starts: one that cannot start is closed, too
            await kafka.start()
        return self._kafka


DUE = """
select room_id, kind, user_id, seat, connection_no from deadlines
where due_at <= $1 and kind = any($2) order by due_at limit $3
"""
LATE = "select coalesce(extract(epoch from $1 - min(due_at)), 0)::float as seconds from deadlines where due_at <= $1"
READ_TO = "select partition, next_offset from projection_offsets where projection = $1 and topic = $2"
