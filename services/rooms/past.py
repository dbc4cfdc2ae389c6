"""A room as it was at an instant: its facts up to then, folded from the beginning."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from contracts.room_fold import fold
from contracts.room_snapshot import RoomSnapshot
from contracts.rooms import ROOM_FACTS
from services.kit import events
from services.kit.database import Connection, Database, Record

CHUNK = 2_000  # facts read at a time
MOST_FACTS = 50_000  # in one answer, but for its first room


async def as_they_were(database: Database, rooms: Sequence[UUID], at: datetime) -> list[RoomSnapshot]:
    """In this order; the first of them, or as many as do not take too long together."""
    found: list[RoomSnapshot] = []
    async with database.acquire() as db:
        for room_id in rooms:
            found.append(await _as_it_was(db, room_id, at))
            if sum(each.seq for each in found) > MOST_FACTS:
                break
    return found


async def _as_it_was(db: "Connection[Record]", room_id: UUID, at: datetime) -> RoomSnapshot:
    room, seen = RoomSnapshot(id=room_id), 0
    last = await db.fetchval(LAST, room_id, at)
    while seen < last:
        envelopes, seen = await events.read(db, ROOM_FACTS, room_id, seen, min(CHUNK, last - seen))
        for envelope in envelopes:
            room = fold(room, envelope)
    return room


# What came after a later fact is later, too, whatever the clock of its instance said.
LAST = """
select coalesce((select min(version) - 1 from events where stream = $1 and at > $2),
                (select max(version) from events where stream = $1), 0)
"""
