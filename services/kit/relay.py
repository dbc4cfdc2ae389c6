"""The relay: reads committed facts in feed order, sends them, and only then moves its cursor.

One round is one read, one acknowledged send, one move: nothing is lost, memory holds one round, and after a crash at
most one round is sent again, with the same ids and versions.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
import orjson
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from contracts.base import Envelope, Fact
from contracts.cloudevents import headers_of
from contracts.kafka import topic_of
from services.kit.contiguity import Contiguity
from services.kit.database import LOST, Database, Record
from services.kit.health import Check
from services.kit.leader import leading

log = structlog.get_logger()
POLL_SECONDS, IDLE_SECONDS = 0.010, 0.040  # while facts come, and after a while without any
SLOWER = 1.05  # with each look in vain
RETRY_SECONDS = 1.0
ROUND = 2000  # facts


class CursorAhead(Exception):
    """The cursor is beyond the server's transactions: this database was restored from before, facts would be missed."""


class Relay:
    """One of them works at a time (a session lock); the others stand by. `health` says how it goes."""

    def __init__(self, database: Database, bootstrap: str, name: str) -> None:
        self._database, self._bootstrap, self._name = database, bootstrap, name
        self._contiguity = Contiguity()
        self._trouble = "starting"
        self._well = False  # whether facts can travel, or at least wait safely

    async def run(self) -> None:
        """Relay until cancelled. Kafka or Postgres being away is waited out; a restored database is not."""
        while True:
            try:
                await self._as_leader()
            except (KafkaError, CursorAhead, *LOST, asyncpg.PostgresError) as error:
                self._well = self._well and isinstance(error, KafkaError)
                self._trouble = f"{type(error).__name__}: {error}"
                log.error("relaying again from the cursor", seconds=RETRY_SECONDS, error=self._trouble)
                await asyncio.sleep(RETRY_SECONDS)

    async def health(self) -> Check:
        """Ready once it relays or stands by, and also while Kafka is away: commands are taken, their facts are safe and
        wait. Not ready with a cursor that misses facts. `lag` in facts and seconds."""
        row = await self._database.fetchrow(LAG, self._name)
        facts, seconds = (row["facts"], round(row["seconds"], 3)) if row else (0, 0.0)
        return Check(self._well, self._trouble or "relaying", {"facts": facts, "seconds": seconds})

    async def _as_leader(self) -> None:
        async with leading(self._database, f"relay {self._name}", self._stands_by) as session:
            await self._with_producer(session)

    def _stands_by(self) -> None:
        self._trouble, self._well = "", True  # another instance relays

    async def _with_producer(self, session: "asyncpg.Connection[Record]") -> None:
        """After a refused batch a producer's sequence numbers are void: each session has its own."""
        async with producing(self._bootstrap) as kafka:
            await self._rounds(session, kafka)

    async def _rounds(self, session: "asyncpg.Connection[Record]", kafka: AIOKafkaProducer) -> None:
        xid, pos = await self._cursor(session)
        self._trouble, self._well = "", True
        self._contiguity.forget()  # from a cursor, the first fact of a stream may have any version
        pause = POLL_SECONDS
        while True:
            rows = await session.fetch(NEXT, xid, pos, ROUND)
            pause = POLL_SECONDS if rows else min(pause * SLOWER, IDLE_SECONDS)
            if rows:
                self._contiguity.expect(rows)
                await send(kafka, rows)
                xid, pos = rows[-1]["xid"], rows[-1]["pos"]
                await session.execute(MOVE, self._name, xid, pos)
            if len(rows) < ROUND:
                await asyncio.sleep(pause)

    async def _cursor(self, session: "asyncpg.Connection[Record]") -> tuple[str, int]:
        row = await session.fetchrow(CURSOR, self._name)
        if row is None:
            raise RuntimeError("no relay cursor: are the migrations applied?")
        if not row["possible"]:
            raise CursorAhead(
                f"the relay's cursor (xid {row['xid']}) is not below the server's next transaction: the database was"
                " restored. Check what Kafka has, then reset it: update relay_cursor set xid = '0', pos = 0 (sends all"
                " again; readers drop repeats)"
            )
        return row["xid"], row["pos"]


@asynccontextmanager
async def producing(bootstrap: str) -> AsyncIterator[AIOKafkaProducer]:
    """A producer that loses nothing and, within its life, sends nothing twice."""
    kafka = AIOKafkaProducer(
        bootstrap_servers=bootstrap,
        enable_idempotence=True,  # retries for ever, in order, without duplicates within its life
        acks="all",
        max_batch_size=512 * 1024,
        linger_ms=0,
    )
    try:
        await kafka.start()
        yield kafka
    finally:
        with suppress(TimeoutError):  # without Kafka, `stop` would wait for ever to flush
            await asyncio.wait_for(kafka.stop(), 2)


async def send(kafka: AIOKafkaProducer, rows: Sequence[Record]) -> None:
    """Return when Kafka has acknowledged every row; raise when it refuses one; wait while it is away."""
    acknowledged = [await _send(kafka, row) for row in rows]
    await asyncio.gather(*acknowledged)


async def _send(kafka: AIOKafkaProducer, row: Record) -> "asyncio.Future[Any]":
    topic = topic_of(row["type"])
    envelope = Envelope[Fact](
        id=row["id"], stream=row["stream"], version=row["version"], at=row["at"], fact=Fact(), **row["meta"]
    )
    future: asyncio.Future[Any] = await kafka.send(
        topic.name,
        value=orjson.dumps(row["data"]),
        key=str(row["stream"]).encode(),
        partition=topic.partition_of(row["stream"]),
        timestamp_ms=int(row["at"].timestamp() * 1000),
        headers=headers_of(envelope, row["type"]),
    )
    return future


CURSOR = """
insert into relay_cursor (name) values ($1) on conflict (name) do update set name = excluded.name
returning xid::text, pos, xid < pg_snapshot_xmax(pg_current_snapshot()) as possible
"""
# Qualified: a bare `order by xid` would sort by the text column of that name.
NEXT = """
select e.xid::text, e.pos, e.id, e.stream, e.version, e.type, e.data, e.meta, e.at from events e
where (e.xid, e.pos) > ($1::text::xid8, $2) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
order by e.xid, e.pos limit $3
"""
MOVE = "update relay_cursor set xid = $2::text::xid8, pos = $3 where name = $1"
LAG = """
select count(*) as facts, coalesce(extract(epoch from now() - min(at)), 0)::float as seconds from (
    select e.at from events e, relay_cursor c where c.name = $1 and (e.xid, e.pos) > (c.xid, c.pos) limit 100000
) waiting
"""
