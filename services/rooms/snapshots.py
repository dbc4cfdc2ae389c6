"""A room's state as bytes, so that a long room need not be read from its beginning. Only a cache."""

from uuid import UUID

from pydantic import TypeAdapter

from services.kit.aggregate import Snapshots
from services.rooms.domain.state import Room

# Goes up whenever the state or `evolve` changes: a state that was folded otherwise is not taken for today's.
FOLD_VERSION = 2
ROOM = TypeAdapter(Room)


def dump(room: Room) -> bytes:
    return ROOM.dump_json(room)


def load(room_id: UUID, state: bytes) -> Room:
    """Raises ValueError for bytes that are no room, or another one."""
    room = ROOM.validate_json(state)
    if room.public.id != room_id:
        raise ValueError(f"the state of room {room.public.id}, not of {room_id}")
    return room


SNAPSHOTS = Snapshots(FOLD_VERSION, dump, load)
