"""Commands that wait for one stream are decided together, and each has its own outcome. States are remembered."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from contracts.base import Envelope
from contracts.problems import Code
from contracts.rooms import ROOM_FACTS, ParticipantJoined, RoomFact
from services.kit.aggregate import Aggregate, Conflict, Snapshots
from services.kit.commands import Request
from services.kit.database import Connection, Database, Record
from services.kit.decisions import Decided, Refused
from services.kit.event_store import Done, EventStore, Limits
from services.kit.events import Cause
from services.kit.leader import leading
from tests.waiting import until

TAKEN = Refused(Code.ALREADY_EXISTS, "Taken.")


@dataclass(frozen=True)
class Count:
    joined: int = 0


Store = EventStore[Count, str, RoomFact, None, str]


def decide(command: str, count: Count, _: None) -> Decided[RoomFact, str] | Refused:
    if command == "refuse":
        return Refused(Code.NOT_ALLOWED, "No.")
    if command == "break":
        raise RuntimeError("a bug")
    fact = ParticipantJoined(room_id=uuid4(), user_id=uuid4(), device="x" * 70_000 if command == "too large" else None)
    return Decided((fact,), (command,) if command == "conflict" else (), {"before": count.joined})


def evolve(count: Count, _: Envelope[RoomFact]) -> Count:
    return replace(count, joined=count.joined + 1)


async def write(db: "Connection[Record]", stream: UUID, rows: Sequence[str]) -> None:
    raise Conflict(TAKEN)


SNAPSHOTS = Snapshots[Count](1, lambda count: str(count.joined).encode(), lambda _, data: Count(int(data)), every=10)


def a_store(database: Database, snapshots: Snapshots[Count] | None = None, **limits: int) -> Store:
    aggregate: Aggregate[Count, str, RoomFact, None, str] = Aggregate(
        "/test", ROOM_FACTS, lambda _: Count(), decide, evolve, write=write, snapshots=snapshots
    )
    return EventStore(database, aggregate, limits=Limits(**limits))


async def asked(store: Store, stream: UUID, *commands: str) -> list[Any]:
    return await asyncio.gather(
        *(store.handle(stream, command, Cause()) for command in commands), return_exceptions=True
    )


async def test_what_one_does_wrong_does_not_hurt_the_others(database: Database) -> None:
    store, stream = a_store(database), uuid4()
    commands = ["join", "refuse", "break", "join", "conflict", "too large", "join"]
    first, refused, broken, second, conflict, large, third = await asked(store, stream, *commands)
    assert [each.seq for each in (first, second, third)] == [1, 2, 3]
    assert (refused.code, conflict) == (Code.NOT_ALLOWED, TAKEN)
    assert isinstance(broken, RuntimeError)
    assert isinstance(large, asyncpg.CheckViolationError)
    assert await store.state(stream) == (Count(3), 3)


async def test_a_key_repeated_in_one_batch_is_done_once(database: Database) -> None:
    store, stream = a_store(database), uuid4()
    key, other = Request.of("mia", "k", "POST /x", b"1"), Request.of("mia", "k", "POST /x", b"2")
    first, again, reused = await asyncio.gather(
        *(store.handle(stream, "join", Cause(), each) for each in (key, key, other))
    )
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (first.seq, again.seq, again.repeated) == (1, 1, True)
    assert isinstance(reused, Refused)
    assert reused.code is Code.KEY_REUSED
    assert await database.fetchval("select count(*) from commands") == 1


async def test_a_crowd_costs_an_answer_and_no_memory(database: Database) -> None:
    store, stream = a_store(database, most_waiting_for_one=20, most_at_once=10), uuid4()
    outcomes = await asked(store, stream, *["join"] * 100)
    busy = [each for each in outcomes if isinstance(each, Refused)]
    assert len(busy) == 80
    assert {(each.code, each.retry_after_seconds) for each in busy} == {(Code.UNAVAILABLE, 1)}
    assert (await store.state(stream), store.waiting) == ((Count(20), 20), 0)
    inside = await asyncio.gather(*(store.handle(stream, "join", Cause(), always=True) for _ in range(40)))
    assert all(isinstance(each, Done) for each in inside)


async def test_whoever_goes_away_before_their_turn_has_asked_nothing(database: Database) -> None:
    store, stream = a_store(database), uuid4()
    asking = [asyncio.create_task(store.handle(stream, "join", Cause())) for _ in range(20)]
    await asyncio.sleep(0)
    for task in asking[10:]:
        task.cancel()
    await asyncio.wait(asking)
    assert await store.state(stream) == (Count(10), 10)


async def test_a_remembered_state_saves_reading_and_decides_nothing(database: Database) -> None:
    stream = uuid4()
    for _ in range(25):
        await asked(a_store(database, SNAPSHOTS), stream, "join")
    assert await database.fetchval("select version from snapshots") == 20
    assert await a_store(database, SNAPSHOTS).state(stream) == (Count(25), 25)
    await database.execute("update snapshots set state = $1", b"1000")
    assert await a_store(database, SNAPSHOTS).state(stream) == (Count(1005), 25), "it is read"
    newer = replace(SNAPSHOTS, fold_version=2)
    assert await a_store(database, newer).state(stream) == (Count(25), 25), "folded otherwise: not taken"
    await database.execute("update snapshots set state = $1", b"not a number")
    assert await a_store(database, SNAPSHOTS).state(stream) == (Count(25), 25), "not readable: not taken"
    await database.execute("update snapshots set state = $1, version = 30", b"30")
    assert await a_store(database, SNAPSHOTS).state(stream) == (Count(25), 25), "ahead of the log: not taken"
    await database.execute("truncate snapshots")
    assert await a_store(database, SNAPSHOTS).state(stream) == (Count(25), 25)


async def test_one_leads_at_a_time_and_another_when_its_session_ends(database: Database) -> None:
    stood_by = asyncio.Event()
    async with leading(database, "test"):

        async def second() -> None:
            async with leading(database, "test", stood_by.set):
                pass

        waiting = asyncio.create_task(second())
        await stood_by.wait()
        assert not waiting.done()
    await waiting


async def test_a_leader_that_asks_nothing_any_more_loses_the_lead(database: Database) -> None:
    async with leading(database, "test", idle_seconds=0.2) as session:
        await until("its session is over", lambda: _closed(session))
        async with leading(database, "test"):
            pass
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        await session.fetchval("select 1")


async def _closed(session: "asyncpg.Connection[Record]") -> bool:
    return session.is_closed()
