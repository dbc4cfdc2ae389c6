"""Rooms as they were at an instant: what directory asks rooms, whose log has it."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.room_snapshot import RoomSnapshot

MOST_ROOMS = 20


class Instant(BaseModel):
    at: datetime
    rooms: list[UUID] = Field(max_length=MOST_ROOMS)


class Snapshots(BaseModel):
    """In the order asked for. Fewer than that when together they would take too long: ask again for the rest."""

    rooms: list[RoomSnapshot]
