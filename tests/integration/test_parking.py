"""A record that cannot be applied parks its own stream, in order, and no other."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import httpx
from aiokafka import AIOKafkaProducer

from contracts.base import Envelope
from contracts.cloudevents import headers_of
from contracts.kafka import ROOM_EVENTS
from contracts.rooms import HandRaised, RoomFact, RoomOpened
from hallway.stack import Stack
from tests.people import sign_in
from tests.waiting import until

LETTERS = """
select l.reason, p.reason as parked from dead_letters l left join parked_streams p using (projection, stream)
where l.projection = 'hallway' and l.stream = $1 order by l."offset"
"""


async def send(kafka: AIOKafkaProducer, room: UUID, version: int, fact: RoomFact, value: bytes | None = None) -> None:
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


async def test_poison_parks_its_room_in_order_and_the_others_go_on(stack: Stack, http: httpx.AsyncClient) -> None:
    rick, room = await sign_in(http, "rick"), uuid4()
    opened = RoomOpened(room_id=room, host_id=rick.user_id, name="Poisoned")
    raised = HandRaised(room_id=room, user_id=rick.user_id)
    async with AIOKafkaProducer(bootstrap_servers=stack.kafka) as kafka:
        await send(kafka, room, 1, opened)
        await send(kafka, room, 2, raised, value=b"{ this is no JSON")
        await send(kafka, room, 3, raised)
    db = await asyncpg.connect(stack.databases.url("directory"))

    async def letters() -> list[asyncpg.Record]:
        rows: list[asyncpg.Record] = await db.fetch(LETTERS, room)
        return rows if len(rows) == 2 else []

    try:
        bad, later = await until("both records wait as dead letters", letters)
        assert "unreadable" in bad["reason"]
        assert bad["parked"] == later["parked"]
    finally:
        await db.close()
    page = (await http.get(f"/v1/rooms/{room}")).json()["room"]
    assert (page["name"], page["seq"]) == ("Poisoned", 1), "it stands where it was parked"
    healthy = await rick.open_room("Healthy")
    shown = await http.get(f"/v1/rooms/{healthy}", params={"min_seq": 1})
    assert shown.json()["room"]["name"] == "Healthy"
