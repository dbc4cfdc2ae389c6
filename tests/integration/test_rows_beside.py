"""The rows beside a room's log: what is asked of them and written to them at once is as one after another."""

import asyncio
import random
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from services.kit.database import Database
from services.kit.event_store import EventStore, lock
from services.kit.events import Cause
from services.kit.ids import now
from services.rooms.beside import RoomStore, aggregate, write
from services.rooms.domain import commands as asked
from services.rooms.domain.rows import AllOver, Due, Kind, NoLongerDue, Presence, PresenceGone, Row, Times
from tests.integration.reserving import all_wait

PEOPLE = [UUID(int=number) for number in range(1, 7)]
NOW = now()


def anything(dice: random.Random) -> Row:
    user, kind, at = dice.choice(PEOPLE), dice.choice(list(Kind)), NOW + timedelta(minutes=dice.randint(0, 5))
    choices: list[Row] = [
        Presence(user, dice.randint(1, 9), dice.choice([None, user]), dice.randint(0, 3), dice.choice([True, False])),
        Due(kind, user, at, dice.randint(0, 9), dice.randint(0, 3)),
        PresenceGone(user),
        NoLongerDue(kind, dice.choice([None, user]), dice.choice([None, at])),
        AllOver(),
    ]
    return dice.choices(choices, [6, 6, 3, 3, 0.2])[0]


async def test_many_rows_at_once_are_what_they_would_be_one_by_one(database: Database) -> None:
    for seed in range(40):
        dice = random.Random(seed)
        rows, one_by_one, at_once = [anything(dice) for _ in range(30)], uuid4(), uuid4()
        async with database.transaction() as db:
            for row in rows:
                await write(db, one_by_one, [row])
            for part in (rows[:10], rows[10:]):
                await write(db, at_once, part)
        assert await _beside(database, at_once) == await _beside(database, one_by_one), f"seed {seed}"


async def test_whoever_comes_in_the_same_moment_is_asked_about_too(database: Database) -> None:
    """A host who has blocked somebody opens the room; that one comes in and raises a hand, all in one batch."""
    room_id, host, sam = uuid4(), uuid4(), uuid4()
    await database.execute("insert into blocks values ($1, $2, true, 1)", host, sam)
    store: RoomStore = EventStore(database, aggregate(Times()))
    await store.handle(room_id, asked.Schedule(room_id, host, "Jazz at six", NOW, NOW + timedelta(hours=1)), Cause())
    commands: list[asked.Command] = [asked.OpenPlanned(host, NOW), asked.Join(sam, uuid4(), NOW), asked.RaiseHand(sam)]
    async with database.transaction() as db:
        await lock(db, room_id)
        tasks = [asyncio.create_task(store.handle(room_id, command, Cause())) for command in commands]
        await all_wait(store, len(tasks))
    await asyncio.gather(*tasks)
    room, _ = await store.state(room_id)
    assert [(hand.user_id, hand.hidden_from) for hand in room.public.hands] == [(sam, (host,))]
    assert await database.fetchval("select count(distinct xid::text) from events") == 2


async def _beside(database: Database, room_id: UUID) -> list[Any]:
    return [*await database.fetch(PRESENT, room_id), *await database.fetch(DUE, room_id)]


PRESENT = "select user_id, seat, connection, connection_no, connected from presence where room_id = $1 order by user_id"
DUE = "select kind, user_id, due_at, seat, connection_no from deadlines where room_id = $1 order by kind, user_id"
