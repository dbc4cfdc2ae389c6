"""One command, seen everywhere it goes: Postgres, Kafka, the read model, the event feed."""

from uuid import UUID

import httpx
from aiokafka import AIOKafkaConsumer, TopicPartition

from contracts.base import Envelope
from contracts.cloudevents import envelope_of
from contracts.kafka import ROOM_EVENTS
from contracts.rooms import ROOM_FACTS, ParticipantJoined, RoomFact, RoomOpened
from hallway.stack import Stack
from tests.people import everything_live, sign_in
from tests.waiting import until


async def test_a_join_travels_from_the_command_to_the_hallway(stack: Stack, http: httpx.AsyncClient) -> None:
    rick, sarah = await sign_in(http, "rick"), await sign_in(http, "sarah")
    room_id = await rick.open_room("A journey")
    joined = await sarah.join(room_id)
    assert joined["participant"]["role"] == "AUDIENCE"
    assert joined["participant"]["seat"] == joined["seq"] == 2
    page = await sarah.do("GET", f"/v1/rooms/{room_id}?min_seq={joined['seq']}")
    assert [person["user_id"] for person in page["room"]["audience"]] == [str(sarah.user_id)]
    feed = await sarah.do("GET", f"/v1/rooms/{room_id}/events?after=0")
    assert [event["type"] for event in feed["events"]] == ["room.opened.v1", "room.participant_joined.v1"]
    opened, came = await _from_kafka(stack.kafka, room_id, 2)
    assert isinstance(opened.fact, RoomOpened)
    assert isinstance(came.fact, ParticipantJoined)
    assert (came.actor, came.version, came.source) == (sarah.user_id, 2, "/rooms")


async def test_a_repeated_key_gives_the_first_outcome_and_fresh_tickets(http: httpx.AsyncClient) -> None:
    rick = await sign_in(http, "rick")
    first = await rick.do("POST", "/v1/rooms", {"name": "Only once"}, key="open-only-once")
    again = await rick.do("POST", "/v1/rooms", {"name": "Only once"}, key="open-only-once")
    assert first["id"] == again["id"]
    body = {"connection": str(rick.connection)}
    path = f"/v1/rooms/{first['id']}/join"
    once = await rick.do("POST", path, body, key="join-only-once")
    twice = await rick.do("POST", path, body, key="join-only-once")
    assert once["participant"] == twice["participant"]
    assert once["tickets"] != twice["tickets"]
    other = await rick.send("POST", "/v1/rooms", {"name": "Another"}, key="open-only-once")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


async def test_the_hallway_is_the_tutorials_on_the_demo_data(stack: Stack, http: httpx.AsyncClient) -> None:
    demo = [f"00000000-0000-7000-8000-00000002{number:04x}" for number in range(1, 13)]

    async def listed(**filters: str) -> list[int]:
        rooms = await everything_live(http, **filters)
        return [demo.index(room["id"]) + 1 for room in rooms if room["id"] in demo]

    async def all_there() -> bool:
        return len(await listed()) == len(demo)

    await until("all of the demo's rooms are listed", all_there)
    assert await listed() == [12, 10, 8, 6, 4, 2, 11, 9, 7, 5, 3, 1]
    elon = "00000000-0000-7000-8000-000000000005"
    assert await listed(userId=elon) == [12, 10, 8, 6, 11, 9, 7, 5]
    assert (await http.get("/rooms?limit=1")).json() == (await http.get("/v1/rooms?limit=1")).json()
    missing = await http.get("/rooms/00000000-0000-7000-8000-00000000dead")
    assert (missing.status_code, missing.json()["message"]) == (404, "Room does not exist")


async def _from_kafka(bootstrap: str, room_id: str, count: int) -> list[Envelope[RoomFact]]:
    partition = TopicPartition(ROOM_EVENTS.name, ROOM_EVENTS.partition_of(UUID(room_id)))
    found: list[Envelope[RoomFact]] = []
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap, group_id=None, auto_offset_reset="none") as kafka:
        kafka.assign([partition])
        await kafka.seek_to_beginning(partition)
        while len(found) < count:
            for record in (await kafka.getmany(timeout_ms=500)).get(partition, []):
                if record.key == room_id.encode():
                    found.append(envelope_of(record.headers, record.value, ROOM_FACTS))
    return found
