"""A stream in which numbers are reserved, and beside it the numbers: what decisions on rows beside the log need."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from contracts.base import Envelope
from contracts.problems import Code
from contracts.rooms import ROOM_FACTS, ParticipantJoined, RoomFact
from services.kit.aggregate import Aggregate
from services.kit.database import Connection, Database, Record
from services.kit.decisions import Decided, Refused
from services.kit.event_store import Done, EventStore, Limits, lock
from services.kit.events import Cause
from tests.waiting import until

TAKEN = Refused(Code.ALREADY_EXISTS, "Taken.")
Numbers = frozenset[int]


@dataclass(frozen=True)
class Count:
    joined: int = 0


Store = EventStore[Count, int, RoomFact, Numbers, int]


@dataclass
class Shelf:
    """The table of what is reserved: what was asked of it, and whether somebody is in the middle of `writing`."""

    readings: list[Sequence[int]] = field(default_factory=list)
    writing: asyncio.Event = field(default_factory=asyncio.Event)
    hold: asyncio.Event | None = None

    async def read(self, db: "Connection[Record]", stream: UUID, count: Count, numbers: Sequence[int]) -> Numbers:
        self.readings.append(numbers)
        return frozenset(row["number"] for row in await db.fetch(READ, stream, numbers))

    async def write(self, db: "Connection[Record]", stream: UUID, rows: Sequence[int]) -> None:
        self.writing.set()
        if self.hold:
            await self.hold.wait()
        await db.execute(WRITE, stream, rows)

    def hold_the_next(self) -> asyncio.Event:
        """Who writes next, until the event is set."""
        self.writing.clear()
        self.hold = asyncio.Event()
        return self.hold


def reserve(number: int, count: Count, reserved: Numbers) -> Decided[RoomFact, int] | Refused:
    if number in reserved:
        return TAKEN
    return Decided((ParticipantJoined(room_id=uuid4(), user_id=uuid4()),), (number,), {"before": count.joined})


def evolve(count: Count, _: Envelope[RoomFact]) -> Count:
    return replace(count, joined=count.joined + 1)


def reserving(database: Database, shelf: Shelf, together: bool = True, **limits: int) -> Store:
    return EventStore(
        database,
        Aggregate(
            source="/test",
            facts=ROOM_FACTS,
            initial=lambda _: Count(),
            decide=reserve,
            evolve=evolve,
            read=shelf.read,
            write=shelf.write,
            after=lambda reserved, rows: reserved | frozenset(rows),
            together=together,
        ),
        limits=Limits(**limits),
    )


async def all_wait(store: EventStore[Any, Any, Any, Any, Any], count: int) -> None:
    """Until so many wait for their turn."""

    async def waiting() -> bool:
        return store.waiting == count

    await until(f"{count} wait", waiting, pause=0)


@asynccontextmanager
async def crowd(database: Database, store: Store, stream: UUID, *numbers: int, **more: Any) -> AsyncIterator[list[Any]]:
    """Tasks of those who all wait for the stream at the end of the block: until then somebody else has its turn."""
    async with database.transaction() as db:
        await lock(db, stream)
        tasks = [asyncio.create_task(store.handle(stream, number, Cause(), **more)) for number in numbers]
        await all_wait(store, len(tasks))
        yield tasks


async def begun(store: Store) -> UUID:
    """A stream in which 0 is reserved."""
    await store.database.execute(TABLE)
    stream = uuid4()
    assert isinstance(await store.handle(stream, 0, Cause()), Done)
    return stream


async def outcomes(tasks: list[Any]) -> list[Any]:
    return await asyncio.gather(*tasks, return_exceptions=True)


def seqs(outcomes: Sequence[object]) -> list[int]:
    return [outcome.seq for outcome in outcomes if isinstance(outcome, Done)]


TABLE = "create table if not exists reserved (stream uuid, number int, primary key (stream, number))"
READ = "select number from reserved where stream = $1 and number = any($2)"
WRITE = "insert into reserved select $1, unnest($2::int[])"
