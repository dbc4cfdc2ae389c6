"""SQL that answers questions beside the log."""

from uuid import UUID

from services.rooms.beside import RoomStore


async def was_here(store: RoomStore, room_id: UUID, user_id: UUID) -> bool:
    """Whether they ever had a seat in this room."""
    found: bool = await store.database.fetchval(WAS_HERE, room_id, str(user_id))
    return found


WAS_HERE = """
select exists (
    select from events where stream = $1 and type = 'room.participant_joined.v1' and data->>'user_id' = $2
    union all
    select from events where stream = $1 and type = 'room.opened.v1' and data->>'host_id' = $2)
"""
