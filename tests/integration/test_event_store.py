"""The event store and the relay on a database of their own: what everything else stands on."""

import asyncio
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest

from contracts.base import Envelope
from contracts.problems import Code
from contracts.rooms import ROOM_FACTS, ParticipantJoined, RoomFact
from hallway.stack import Stack
from services.kit import event_store
from services.kit.commands import Request
from services.kit.contiguity import Contiguity
from services.kit.database import Database
from services.kit.decisions import Decided, Refused
from services.kit.event_store import Aggregate, Done, EventStore
from services.kit.events import Cause
from services.kit.relay import NEXT, Relay
from tests.waiting import until


@dataclass(frozen=True)
class Count:
    joined: int = 0


Store = EventStore[Count, str, RoomFact, None, object]


def decide(command: str, count: Count, _: None) -> Decided[RoomFact, object] | Refused:
    if command == "refuse":
        return Refused(Code.NOT_ALLOWED, "No.")
    return Decided((ParticipantJoined(room_id=uuid4(), user_id=uuid4()),), result={"before": count.joined})


def evolve(count: Count, _: Envelope[RoomFact]) -> Count:
    return replace(count, joined=count.joined + 1)


def a_store(database: Database) -> Store:
    return EventStore(database, Aggregate("/test", ROOM_FACTS, lambda _: Count(), decide, evolve))


async def test_two_instances_write_one_stream_without_a_gap(database: Database) -> None:
    stream, stores = uuid4(), [a_store(database), a_store(database)]
    await asyncio.gather(*(store.handle(stream, "join", Cause()) for store in stores for _ in range(60)))
    envelopes, seq = await stores[0].facts(stream, 0, 1000)
    assert [each.version for each in envelopes] == list(range(1, 121))
    assert (await stores[1].state(stream)) == (Count(120), seq)


async def test_the_feed_keeps_the_order_of_every_stream(database: Database) -> None:
    """What the relay reads, while many write at once: no version before the one it follows."""
    streams, store, watch = [uuid4() for _ in range(5)], a_store(database), Contiguity()
    seen: list[tuple[UUID, int]] = []
    xid, pos = "0", 0
    writing = asyncio.gather(*(store.handle(stream, "join", Cause()) for _ in range(40) for stream in streams))
    while not writing.done() or len(seen) < 200:
        rows = await database.fetch(NEXT, xid, pos, 50)
        watch.expect(rows)
        seen += [(row["stream"], row["version"]) for row in rows]
        xid, pos = (rows[-1]["xid"], rows[-1]["pos"]) if rows else (xid, pos)
    await writing
    assert len(seen) == len(set(seen)) == 200


async def test_a_stream_is_locked_before_anything_is_written(database: Database) -> None:
    async with database.transaction() as db:
        await db.execute("insert into relay_cursor (name) values ('written first')")
        with pytest.raises(RuntimeError, match="locked first"):
            await event_store.lock(db, uuid4())


async def test_a_key_repeats_its_first_outcome_also_a_refusal(database: Database) -> None:
    stream, store = uuid4(), a_store(database)
    key, no = Request.of("mia", "k1", "POST /x", b"body"), Request.of("mia", "k2", "POST /x", b"body")
    first, again = [await store.handle(stream, "join", Cause(), key) for _ in range(2)]
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (again.seq, again.result, again.repeated) == (1, {"before": 0}, True)
    refused = [await store.handle(stream, "refuse", Cause(), no), await store.handle(stream, "join", Cause(), no)]
    assert refused[0] == refused[1] == Refused(Code.NOT_ALLOWED, "No.")
    other = await store.handle(stream, "join", Cause(), Request.of("mia", "k1", "POST /x", b"another"))
    assert isinstance(other, Refused)
    assert other.code is Code.KEY_REUSED


async def test_creating_twice_at_once_with_one_key_creates_once(database: Database) -> None:
    store, key = a_store(database), Request.of("mia", "create", "POST /rooms", b"")
    outcomes = await asyncio.gather(*(store.handle(uuid4(), "join", Cause(), key) for _ in range(8)))
    assert sorted(each.repeated for each in outcomes if isinstance(each, Done)) == [False] + [True] * 7
    assert await database.fetchval("select count(*) from events") == 1


async def test_a_relay_refuses_a_restored_database_and_says_how_to_go_on(stack: Stack, database: Database) -> None:
    await database.execute("insert into relay_cursor (name, xid, pos) values ('test', '9999999999', 1)")
    relay = Relay(database, stack.kafka, "test")
    running = asyncio.create_task(relay.run())

    async def said() -> bool:
        check = await relay.health()
        return not check.ready and "was restored" in check.detail and "update relay_cursor" in check.detail

    try:
        await until("the relay says what is wrong", said)
    finally:
        running.cancel()
        await asyncio.wait({running})
