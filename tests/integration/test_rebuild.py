"""`hallway rebuild`: a new read model in place of the live one, and nobody notices."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg
import httpx
import pytest

from contracts.rooms import HandRaised
from hallway.stack import Stack
from tests.integration.telling import ToldRoom
from tests.operators import differences, hallway, started
from tests.people import Person, register, sign_in

Connection = asyncpg.Connection
LEFT = """
select schema_name as name from information_schema.schemata where schema_name like 'hallway\\_%'
union all select projection from projection_offsets where projection like 'hallway\\_%'
union all select projection from parked_streams where projection like 'hallway\\_%'
"""
INDEXES = "select indexname, tablename from pg_indexes where schemaname = 'public' order by 1"
NOT_SEARCHED = """
select count(*) from (select id from room_card where state <> 'ended') card
full join room_search search on search.room_id = card.id where card.id is null or search.room_id is null
"""


@pytest.fixture
async def directory(stack: Stack) -> "AsyncIterator[Connection[asyncpg.Record]]":
    db = await asyncpg.connect(stack.databases.url("directory"))
    yield db
    await db.close()


@dataclass
class Crowded:
    """A room that people step into and out of all the while, each looking for themselves at once."""

    room: UUID
    people: list[Person]
    seen: int = 0
    wrong: list[str] = field(default_factory=list)
    over: bool = False

    async def run(self) -> None:
        await asyncio.gather(*(self._busy(person) for person in self.people), *(self._look() for _ in range(4)))

    async def _busy(self, person: Person) -> None:
        while not self.over:
            await self._check(person, (await person.join(self.room))["seq"], there=True)
            left = await person.do("POST", f"/v1/rooms/{self.room}/leave")
            await self._check(person, left["seq"], there=False)

    async def _check(self, person: Person, seq: int, there: bool) -> None:
        response = await person.send("GET", f"/v1/rooms/{self.room}?min_seq={seq}")
        self.seen += 1
        if response.status_code != 200:
            self.wrong.append(f"{response.status_code} {response.text}")
            return
        audience = {each["user_id"] for each in response.json()["room"]["audience"]}
        if (str(person.user_id) in audience) is not there:
            self.wrong.append(f"after {seq} {person.name} is {'not ' if there else ''}there")

    async def _look(self) -> None:
        """The list, too; what was once seen is never unseen."""
        last = 0
        while not self.over:
            response = await self.people[0].http.get("/v1/rooms", params={"limit": 100})
            self.seen += 1
            cards = {each["id"]: each for each in response.json().get("rooms", [])}
            seq = cards.get(str(self.room), {"seq": -1})["seq"]
            if response.status_code != 200 or seq < last:
                self.wrong.append(f"list: {response.status_code}, {seq} after {last}")
            last = seq


async def test_nobody_notices_a_rebuild(
    stack: Stack, http: httpx.AsyncClient, directory: "Connection[asyncpg.Record]"
) -> None:
    rick = await sign_in(http, "rick")
    room, broken = UUID(await rick.open_room("Rebuilt")), UUID(await rick.open_room("Broken"))
    await rick.do("GET", f"/v1/rooms/{broken}?min_seq=1")
    await directory.execute("update room_card set name = 'Wrong' where id = $1", broken)
    before = await directory.fetch(INDEXES)
    crowd = Crowded(room, [await register(http, f"Person {number}") for number in range(6)])
    running = asyncio.create_task(crowd.run())
    for _ in range(2):
        said = await hallway(stack, "rebuild")
        assert said.code == 0, said.err
        assert "swapped" in said.err
    crowd.over = True
    await running
    print(said.err, f"{crowd.seen} looks")
    assert crowd.wrong == []
    assert crowd.seen > 100
    assert (await rick.do("GET", f"/v1/rooms/{broken}"))["room"]["name"] == "Broken"
    assert await differences(stack, {room, broken}) == []
    assert await directory.fetch(INDEXES) == before, "the indexes have their names, and none is missing"
    assert await directory.fetch(LEFT) == []
    found = (await http.get("/v1/rooms", params={"q": "Rebuilt"})).json()["rooms"]
    assert str(room) in {each["id"] for each in found}, "what triggers keep for the search came along"
    assert await directory.fetchval(NOT_SEARCHED) == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_a_rebuild_that_is_stopped_leaves_nothing(
    stack: Stack, directory: "Connection[asyncpg.Record]", how: signal.Signals
) -> None:
    async with directory.transaction():  # a reader who stays: it cannot be done before it is stopped
        await directory.execute("set local transaction_timeout = 0; set local idle_in_transaction_session_timeout = 0")
        await directory.execute("lock table room_card in access share mode")
        process = await started(stack, "rebuild")
        assert process.stderr
        line = await process.stderr.readline()
        assert b"folding" in line
        process.send_signal(how)
        await process.communicate()
    assert process.returncode == 130
    assert await directory.fetch(LEFT) == []


async def test_what_a_killed_rebuild_left_is_taken_away(stack: Stack, directory: "Connection[asyncpg.Record]") -> None:
    process = await started(stack, "rebuild")
    assert process.stderr
    await process.stderr.readline()
    process.kill()
    await process.wait()
    assert await directory.fetch(LEFT) != []
    assert (await hallway(stack, "rebuild", "--clear")).code == 0
    assert await directory.fetch(LEFT) == []


async def test_looking_only_changes_nothing(
    stack: Stack, http: httpx.AsyncClient, directory: "Connection[asyncpg.Record]"
) -> None:
    rick = await sign_in(http, "rick")
    broken = UUID(await rick.open_room("Broken still"))
    await rick.do("GET", f"/v1/rooms/{broken}?min_seq=1")
    await directory.execute("update room_card set name = 'Wrong' where id = $1", broken)
    said = await hallway(stack, "rebuild", "--check")
    assert said.code == 0, said.err
    assert str(broken) in said.err
    assert await directory.fetchval("select name from room_card where id = $1", broken) == "Wrong"
    assert await directory.fetch(LEFT) == []
    await directory.execute("update room_card set name = 'Broken still' where id = $1", broken)


async def test_a_version_that_parks_more_is_not_put_in_place(
    stack: Stack, http: httpx.AsyncClient, directory: "Connection[asyncpg.Record]", new_room: Callable[[], ToldRoom]
) -> None:
    rick, room = await sign_in(http, "rick"), new_room()
    await room.tell(room.opened(rick))
    await room.stored()
    room.seq += 1  # never told: the live one is made to believe that it was
    await directory.execute("update room_card set seq = 2 where id = $1", room.id)
    await room.tell(HandRaised(room_id=room.id, user_id=rick.user_id))
    await room.stored()
    said = await hallway(stack, "rebuild")
    assert said.code == 2
    assert f"{room.id} (ValueError: version 3 does not follow 1)" in said.err
    assert await directory.fetch(LEFT) == []
    said = await hallway(stack, "rebuild", "--anyway")
    assert said.code == 0, said.err
    assert await directory.fetchval("select reason from parked_streams where stream = $1", room.id)
