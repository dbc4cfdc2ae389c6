"""Rooms' commands: joins into one hot room and over many, latency at a steady rate, growth with a room's length."""

import asyncio
import time
from collections.abc import Sequence
from uuid import UUID

import uvloop

from bench.bare import Bare
from bench.measuring import Figure, by_callers, percentile, timed
from bench.place import only_postgres
from contracts.base import Envelope
from contracts.rooms import LeftReason, ParticipantJoined, ParticipantLeft, RoomFact, RoomOpened
from services.kit.database import Database
from services.kit.event_store import Done, EventStore, Limits, lock
from services.kit.events import Cause, append
from services.kit.ids import new_id, now
from services.kit.snapshots import remember
from services.rooms.beside import RoomStore, aggregate
from services.rooms.domain.commands import Join, OpenRoom, RaiseHand
from services.rooms.domain.rows import Times
from services.rooms.snapshots import SNAPSHOTS

ROUNDS = 5
CALLERS = 500
HOT_JOINS, MANY_JOINS, MANY_ROOMS = 4_000, 4_000, 1_000
RATE, RATE_SECONDS = 200, 10
LENGTHS = (100, 10_000, 100_000)


async def measure() -> list[Figure]:
    async with only_postgres() as databases:
        # On the loop that the services run on; it cannot start Postgres, as whom Postgres wants to run.
        return await asyncio.to_thread(uvloop.run, _measure(databases.url("rooms")))


async def _measure(url: str) -> list[Figure]:
    async with Database(url, "bench", connections=20) as database:
        store: RoomStore = EventStore(database, aggregate(Times()), limits=Limits(most_waiting_for_one=2 * CALLERS))
        bare = Bare(database)
        await joins(store, bare, 1, 500)  # warm
        return [
            await joins(store, bare, 1, HOT_JOINS, target="20,000/s"),
            await joins(store, bare, MANY_ROOMS, MANY_JOINS, target="5,000/s"),
            await latency(store),
            *await growth(database),
        ]


async def joins(store: RoomStore, bare: Bare, rooms: int, count: int, target: str = "") -> Figure:
    """Per second, by 500 callers at a time; beside it the same rows in bare batched inserts."""
    rates, baseline = [], []
    for _ in range(ROUNDS):
        open_rooms = [await opened(store) for _ in range(rooms)]
        work = [(open_rooms[number % rooms], new_id()) for number in range(count)]
        rates.append(count / await timed(by_callers(CALLERS, work, lambda each: joined(store, *each))))
        baseline.append(count / await timed(bare.joins(work)))
    where = "one hot room" if rooms == 1 else f"{rooms:,} rooms"
    return Figure(
        f"joins into {where}, in process", "joins/s", rates, baseline, "bare INSERT, 100 a transaction", target
    )


async def latency(store: RoomStore) -> Figure:
    """Of hands raised at a steady rate by people in 20 rooms, one after another in time, whoever waits."""
    people = []
    for _ in range(20):
        room = await opened(store)
        for _ in range(RATE * RATE_SECONDS // 20):
            user = new_id()
            await joined(store, room, user)
            people.append((room, user))
    took: list[float] = []

    async def raise_hand(room: UUID, user: UUID) -> None:
        began = time.perf_counter()
        await store.handle(room, RaiseHand(user), Cause(actor=user))
        took.append((time.perf_counter() - began) * 1000)

    asking, began = [], time.perf_counter()
    for number, (room, user) in enumerate(people):
        await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
        asking.append(asyncio.create_task(raise_hand(room, user)))
    await asyncio.gather(*asking)
    more = {"p50": percentile(took, 50), "p99": percentile(took, 99), "commands": float(len(took))}
    return Figure(f"latency of a command at {RATE}/s", "ms", took, more=more)


async def growth(database: Database) -> list[Figure]:
    """What one more command costs in a long room, and what its first costs a process that has not seen the room."""
    figures: list[Figure] = []
    for length in LENGTHS:
        room = await a_room_of(database, length)
        warm, cold, from_zero = fresh(database), [], []
        await warm.state(room)
        ones = [await timed(joined(warm, room, new_id())) * 1000 for _ in range(50)]
        state, version = await warm.state(room)
        for _ in range(3):
            await database.execute("delete from snapshots")
            from_zero.append(await timed(fresh(database).state(room)) * 1000)
            await remember(database, SNAPSHOTS, room, state, version)
            cold.append(await timed(fresh(database).state(room)) * 1000)
        figures += [
            Figure(f"one more join, room of {length:,} facts", "ms", ones, figures[0].values if figures else ()),
            Figure(
                f"first look, {length:,} facts, remembered state", "ms", cold, from_zero, "folded from the beginning"
            ),
        ]
    return figures


def fresh(database: Database) -> RoomStore:
    return EventStore(database, aggregate(Times()))


async def opened(store: RoomStore) -> UUID:
    room, host = new_id(), new_id()
    await store.handle(room, OpenRoom(room, host, "A benchmark", now()), Cause(actor=host))
    return room


async def joined(store: RoomStore, room: UUID, user: UUID) -> None:
    outcome = await store.handle(room, Join(user, user, now()), Cause(actor=user, correlation_id=user))
    assert isinstance(outcome, Done), outcome


async def a_room_of(database: Database, length: int) -> UUID:
    """Its log, without what stands beside it: people who come, nine of ten of whom go again."""
    room, host = new_id(), new_id()
    facts: list[RoomFact] = [RoomOpened(room_id=room, host_id=host, name="A long one")]
    while len(facts) < length:
        user, seat = new_id(), len(facts) + 1
        facts.append(ParticipantJoined(room_id=room, user_id=user))
        if len(facts) % 10:
            facts.append(ParticipantLeft(room_id=room, user_id=user, seat=seat, reason=LeftReason.LEFT))
    await written(database, room, facts[:length])
    return room


async def written(database: Database, room: UUID, facts: Sequence[RoomFact]) -> None:
    for first in range(0, len(facts), 1000):
        async with database.transaction() as db:
            await lock(db, room)
            await append(
                db,
                [
                    Envelope[RoomFact](id=new_id(), source="/rooms", stream=room, version=version, at=now(), fact=fact)
                    for version, fact in enumerate(facts[first : first + 1000], first + 1)
                ],
            )
