"""Facts of a room on the bus, as rooms would tell them."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
from aiokafka import AIOKafkaProducer

from contracts.base import Envelope
from contracts.cloudevents import headers_of
from contracts.kafka import ROOM_EVENTS
from contracts.rooms import Policy, RoomFact, RoomOpened, RoomScheduled, SpeakerInvited
from tests.people import Person
from tests.waiting import until

OPEN, SOON = Policy(), datetime(2031, 1, 1, 12, tzinfo=UTC)


async def tell(kafka: AIOKafkaProducer, room: UUID, version: int, fact: RoomFact, value: bytes | None = None) -> None:
    """`value`: other bytes than the fact's own."""
    envelope = Envelope[RoomFact](
        id=uuid4(), source="/rooms", stream=room, version=version, at=datetime.now(UTC), fact=fact
    )
    await kafka.send_and_wait(
        ROOM_EVENTS.name,
        value=fact.model_dump_json().encode() if value is None else value,
        key=str(room).encode(),
        partition=ROOM_EVENTS.partition_of(room),
        headers=headers_of(envelope, fact.type),
    )


class ToldRoom:
    """A room of which the test tells each fact. `directory`: the database of its read model."""

    def __init__(self, kafka: AIOKafkaProducer, directory: "asyncpg.Connection[asyncpg.Record]") -> None:
        self.id, self.seq, self._kafka, self._directory = uuid4(), 0, kafka, directory

    async def tell(self, *facts: RoomFact) -> None:
        for fact in facts:
            self.seq += 1
            await tell(self._kafka, self.id, self.seq, fact)

    async def stored(self) -> None:
        """Wait until the hallway's read model has all that was told."""

        async def there() -> bool:
            return bool(await self._directory.fetchval(SEQ, self.id) == self.seq)

        await until("the card is there", there)

    def scheduled(self, host: Person, at: datetime = SOON, policy: Policy = OPEN) -> RoomScheduled:
        return RoomScheduled(room_id=self.id, host_id=host.user_id, name="Jazz, later", scheduled_for=at, policy=policy)

    def opened(self, host: Person, policy: Policy = OPEN, awaited: datetime | None = None) -> RoomOpened:
        return RoomOpened(
            room_id=self.id, host_id=host.user_id, name="Jazz, now", policy=policy, host_awaited_until=awaited
        )

    def invited(self, person: Person, by: Person) -> SpeakerInvited:
        return SpeakerInvited(room_id=self.id, user_id=person.user_id, by=by.user_id, expires_at=SOON)


SEQ = "select seq from room_card where id = $1"
