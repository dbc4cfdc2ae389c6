"""`hallway verify`: the read model is the fold of the log, or it says where not."""

import asyncio
from collections.abc import AsyncIterator, Callable
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from contracts.rooms import HandRaised, ParticipantJoined, RoomRenamed
from hallway.stack import Stack
from tests.integration.telling import ToldRoom
from tests.operators import differences, hallway
from tests.people import Person, register, sign_in
from tests.waiting import until


@pytest.fixture
async def directory(stack: Stack) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    db = await asyncpg.connect(stack.databases.url("directory"))
    yield db
    await db.close()


async def a_full_room(http: httpx.AsyncClient) -> tuple[UUID, Person]:
    rick = await sign_in(http, "rick")
    room = UUID(await rick.open_room("Verified"))
    people = [await register(http, f"Person {number}") for number in range(8)]
    for person in people:
        await person.join(room)
    await people[0].do("POST", f"/v1/rooms/{room}/leave")
    return room, rick


async def test_a_room_as_it_came_about_has_no_difference(stack: Stack, http: httpx.AsyncClient) -> None:
    room, _ = await a_full_room(http)
    assert await differences(stack, {room}) == []


@pytest.mark.parametrize(
    ("broken", "where"),
    [
        ("update room_card set participant_count = participant_count + 1 where id = $1", "room_card"),
        ("delete from room_card where id = $1", "room_card"),
        ("update participants set muted = true where room_id = $1 and role = 'AUDIENCE'", "participants"),
        ("insert into invited values ($1, gen_random_uuid())", "invited"),
    ],
)
async def test_a_row_broken_on_purpose_is_found(
    stack: Stack,
    http: httpx.AsyncClient,
    directory: "asyncpg.Connection[asyncpg.Record]",
    broken: str,
    where: str,
) -> None:
    room, rick = await a_full_room(http)
    seq = (await rick.do("GET", f"/v1/rooms/{room}/events?limit=100"))["events"][-1]["sequence"]
    await rick.do("GET", f"/v1/rooms/{room}?min_seq={seq}")
    await directory.execute(broken, room)
    found = await differences(stack, {room})
    assert [each["where"] for each in found] == [where]
    assert found[0]["stored"] != found[0]["right"]


async def test_a_room_that_nobody_told_of_is_found(
    stack: Stack, directory: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    ghost = uuid4()
    await directory.execute(
        "insert into participants values ($1, gen_random_uuid(), 'AUDIENCE', 1, false, false)", ghost
    )
    try:
        assert [each["right"] for each in await differences(stack, {ghost})] == [[]]
        said = await hallway(stack, "verify")
        assert said.code == 1
        assert str(ghost) in said.out
    finally:
        await directory.execute("delete from participants where room_id = $1", ghost)


async def test_a_parked_room_is_a_difference(
    stack: Stack, http: httpx.AsyncClient, new_room: Callable[[], ToldRoom]
) -> None:
    rick, room = await sign_in(http, "rick"), new_room()
    await room.tell(room.opened(rick))
    await room.stored()
    room.seq += 1  # never told
    await room.tell(HandRaised(room_id=room.id, user_id=rick.user_id))
    found = await differences(stack, {room.id})
    assert [(each["where"], each["reason"]) for each in found] == [
        ("parked", "ValueError: version 3 does not follow 1")
    ]


async def test_what_is_told_meanwhile_is_no_difference(
    stack: Stack, http: httpx.AsyncClient, new_room: Callable[[], ToldRoom]
) -> None:
    rick, room = await sign_in(http, "rick"), new_room()
    await room.tell(room.opened(rick))

    async def busy() -> bool:
        await room.tell(*[ParticipantJoined(room_id=room.id, user_id=uuid4()) for _ in range(20)])
        await room.tell(RoomRenamed(room_id=room.id, name=f"Busy {room.seq}", by=rick.user_id))
        return done

    done = False
    telling = asyncio.create_task(until("verified", busy, seconds=120, pause=0))
    assert await differences(stack, {room.id}) == []
    done = True
    await telling
