"""`hallway dead-letters`: looked at, tried again, folded again, dropped."""

from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import asyncpg
import httpx
import pytest
from aiokafka import AIOKafkaProducer

from contracts.kafka import CLUB_EVENTS, ROOM_EVENTS
from contracts.rooms import HandRaised, RoomRenamed
from hallway.stack import Stack
from tests.integration.telling import ToldRoom, tell
from tests.operators import differences, hallway
from tests.people import Person, sign_in
from tests.waiting import until

PARKED = "select count(*) from dead_letters where projection = 'hallway' and stream = $1"


@pytest.fixture
async def directory(stack: Stack) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    db = await asyncpg.connect(stack.databases.url("directory"))
    yield db
    await db.close()


@pytest.fixture
async def kafka(stack: Stack) -> AsyncIterator[AIOKafkaProducer]:
    async with AIOKafkaProducer(bootstrap_servers=stack.kafka) as kafka:
        yield kafka


class Poisoned:
    """A room whose second fact nobody can read; three more follow it."""

    def __init__(self, kafka: AIOKafkaProducer, room: ToldRoom, rick: Person) -> None:
        self.kafka, self.room, self.rick = kafka, room, rick
        self.bad = RoomRenamed(room_id=room.id, name="Second", by=rick.user_id)

    async def told(self, value: bytes = b"{ this is no JSON") -> None:
        await self.room.tell(self.room.opened(self.rick))
        self.room.seq += 1
        await tell(self.kafka, self.room.id, 2, self.bad, value)
        await self.room.tell(HandRaised(room_id=self.room.id, user_id=self.rick.user_id))
        await self.room.tell(RoomRenamed(room_id=self.room.id, name="Fourth", by=self.rick.user_id))

    async def waits(self, directory: "asyncpg.Connection[asyncpg.Record]", letters: int = 3) -> None:
        async def buried() -> bool:
            return bool(await directory.fetchval(PARKED, self.room.id) == letters)

        await until("all of it is buried", buried)


@pytest.fixture
async def poisoned(
    http: httpx.AsyncClient,
    kafka: AIOKafkaProducer,
    new_room: Callable[[], ToldRoom],
    directory: "asyncpg.Connection[asyncpg.Record]",
) -> Poisoned:
    room = Poisoned(kafka, new_room(), await sign_in(http, "rick"))
    await room.told()
    await room.waits(directory)
    return room


async def test_what_waits_is_listed_and_shown(stack: Stack, poisoned: Poisoned) -> None:
    listed = await hallway(stack, "dead-letters", "list", "--json")
    (row,) = [each for each in listed.document if each["stream"] == str(poisoned.room.id)]
    assert (row["projection"], row["letters"], row["parked"]) == ("hallway", 3, True)
    shown = await hallway(stack, "dead-letters", "show", str(poisoned.room.id))
    assert "{ this is no JSON" in shown.out
    assert shown.out.index("room.renamed.v1") < shown.out.index("room.hand_raised.v1")


async def test_a_retry_changes_nothing_while_the_record_is_bad(stack: Stack, poisoned: Poisoned) -> None:
    said = await hallway(stack, "dead-letters", "retry", str(poisoned.room.id))
    assert said.code == 1
    assert "still parked" in said.out
    assert {each["where"] for each in await differences(stack, {poisoned.room.id})} == {"parked"}


async def test_told_again_and_retried_the_room_is_all_there(
    stack: Stack, http: httpx.AsyncClient, poisoned: Poisoned, directory: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await tell(poisoned.kafka, poisoned.room.id, 2, poisoned.bad)
    await poisoned.waits(directory, 4)
    assert (await hallway(stack, "dead-letters", "retry", str(poisoned.room.id))).code == 0
    await poisoned.room.tell(HandRaised(room_id=poisoned.room.id, user_id=uuid4()))
    await poisoned.room.stored()
    card = (await http.get(f"/v1/rooms/{poisoned.room.id}")).json()["room"]
    assert (card["name"], card["seq"]) == ("Fourth", 5)
    assert await differences(stack, {poisoned.room.id}) == []


async def test_one_bad_record_that_is_no_fact_is_dropped_and_the_rest_applied(
    stack: Stack,
    http: httpx.AsyncClient,
    kafka: AIOKafkaProducer,
    new_room: Callable[[], ToldRoom],
    directory: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    rick = await sign_in(http, "rick")
    room = Poisoned(kafka, new_room(), rick)
    await room.room.tell(room.room.opened(rick))
    partition = ROOM_EVENTS.partition_of(room.room.id)
    await kafka.send_and_wait(ROOM_EVENTS.name, b"?", key=str(room.room.id).encode(), partition=partition)
    await room.room.tell(RoomRenamed(room_id=room.room.id, name="Second", by=rick.user_id))
    await room.waits(directory, 2)
    offset = await directory.fetchval('select min("offset") from dead_letters where stream = $1', room.room.id)
    place = f"{ROOM_EVENTS.name}/{partition}/{offset}"
    assert (await hallway(stack, "dead-letters", "drop", "--yes", place)).code == 0
    assert (await hallway(stack, "dead-letters", "retry", str(room.room.id))).code == 0
    assert (await http.get(f"/v1/rooms/{room.room.id}")).json()["room"]["name"] == "Second"
    assert await differences(stack, {room.room.id}) == [], "whoever folds the log again passes it over, too"


async def test_a_dropped_stream_is_free_and_stays_as_it_was(
    stack: Stack, http: httpx.AsyncClient, poisoned: Poisoned
) -> None:
    assert (await hallway(stack, "dead-letters", "drop", "--yes", str(poisoned.room.id))).code == 0
    assert (await http.get(f"/v1/rooms/{poisoned.room.id}")).json()["room"]["seq"] == 1
    assert await differences(stack, {poisoned.room.id}) == []
    assert (await hallway(stack, "dead-letters", "show", str(poisoned.room.id))).code == 1


async def test_a_broken_stream_is_folded_again_from_the_log(
    stack: Stack, http: httpx.AsyncClient, poisoned: Poisoned, directory: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    await tell(poisoned.kafka, poisoned.room.id, 2, poisoned.bad)
    await poisoned.waits(directory, 4)
    await directory.execute("delete from room_card where id = $1", poisoned.room.id)
    assert (await hallway(stack, "dead-letters", "retry", str(poisoned.room.id))).code == 1, "its beginning is missing"
    assert (await hallway(stack, "dead-letters", "retry", "--refold", str(poisoned.room.id))).code == 0
    assert (await http.get(f"/v1/rooms/{poisoned.room.id}")).json()["room"]["name"] == "Fourth"
    assert await differences(stack, {poisoned.room.id}) == []


async def test_what_rooms_could_not_read_is_kept_by_the_same_tool(stack: Stack, kafka: AIOKafkaProducer) -> None:
    club = uuid4()
    await kafka.send_and_wait(CLUB_EVENTS.name, b"?", key=str(club).encode(), partition=CLUB_EVENTS.partition_of(club))

    async def listed() -> bool:
        said = await hallway(stack, "dead-letters", "list", "--json")
        return any((each["projection"], each["stream"]) == ("rooms-clubs", str(club)) for each in said.document)

    await until("rooms has buried it", listed)
    assert (await hallway(stack, "dead-letters", "retry", str(club))).code == 1
    assert (await hallway(stack, "dead-letters", "drop", "--yes", str(club))).code == 0
    assert not await listed()


async def test_a_which_that_is_neither_is_said_so(stack: Stack) -> None:
    said = await hallway(stack, "dead-letters", "show", "that-one")
    assert said.code == 2
    assert "neither a stream's id nor a place" in said.err
