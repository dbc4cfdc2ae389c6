"""SQL that answers questions beside the log."""

from collections.abc import Sequence
from uuid import UUID

from services.kit.database import Connection, Record
from services.rooms.beside import RoomStore


async def was_here(store: RoomStore, room_id: UUID, user_id: UUID) -> bool:
    """Whether they ever had a seat in this room."""
    found: bool = await store.database.fetchval(WAS_HERE, room_id, str(user_id))
    return found


async def blocks_on_stage(
    db: "Connection[Record]", user_id: UUID, stage: Sequence[UUID]
) -> frozenset[tuple[UUID, UUID]]:
    """(who, whom) between this person and those on stage."""
    rows = await db.fetch(BLOCKS, user_id, stage)
    return frozenset((row["blocker_id"], row["blocked_id"]) for row in rows)


WAS_HERE = """
select exists (
    select from events where stream = $1 and type = 'room.participant_joined.v1' and data->>'user_id' = $2
    union all
    select from events where stream = $1 and type = 'room.opened.v1' and data->>'host_id' = $2)
"""
BLOCKS = """
select blocker_id, blocked_id from blocks where blocked and blocker_id = $1 and blocked_id = any($2)
union all
select blocker_id, blocked_id from blocks where blocked and blocked_id = $1 and blocker_id = any($2)
"""
