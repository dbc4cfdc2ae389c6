"""A record that cannot be applied parks its own stream, in order, and no other."""

from uuid import uuid4

import asyncpg
import httpx
from aiokafka import AIOKafkaProducer

from contracts.rooms import HandRaised, RoomOpened
from hallway.stack import Stack
from tests.integration.telling import tell
from tests.people import sign_in
from tests.waiting import until

LETTERS = """
select l.reason, p.reason as parked from dead_letters l left join parked_streams p using (projection, stream)
where l.projection = 'hallway' and l.stream = $1 order by l."offset"
"""


async def test_poison_parks_its_room_in_order_and_the_others_go_on(stack: Stack, http: httpx.AsyncClient) -> None:
    rick, room = await sign_in(http, "rick"), uuid4()
    opened = RoomOpened(room_id=room, host_id=rick.user_id, name="Poisoned")
    raised = HandRaised(room_id=room, user_id=rick.user_id)
    async with AIOKafkaProducer(bootstrap_servers=stack.kafka) as kafka:
        await tell(kafka, room, 1, opened)
        await tell(kafka, room, 2, raised, value=b"{ this is no JSON")
        await tell(kafka, room, 3, raised)
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
