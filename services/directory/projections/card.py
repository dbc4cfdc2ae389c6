"""One room as the hallway shows it, and what a batch has changed of it. Pure.

A card holds the people on stage and whoever else the batch's facts name, never a room's whole audience: that one is
only counted here, and written to `participants` as the changes that a batch makes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from contracts.roles import Role
from contracts.room_snapshot import RoomState
from contracts.rooms import Policy

PANEL_SHOWN = 6
NEVER = datetime.fromtimestamp(0, UTC)
BY_HAND = Policy()


@dataclass(frozen=True)
class Seat:
    role: Role
    seat: int
    muted: bool = False
    guest: bool = False


@dataclass(frozen=True)
class Card:
    """Until a room has begun, a card is not listed and says nothing but how far its stream was read."""

    id: UUID
    name: str = ""
    club_id: UUID | None = None
    topic_id: UUID | None = None
    policy: Policy = BY_HAND
    state: RoomState = RoomState.ENDED
    listed_at: datetime = NEVER
    started_at: datetime | None = None
    ended_at: datetime | None = None
    participant_count: int = 0
    seq: int = 0
    awaited_host_id: UUID | None = None  # of a planned room, and of one that opened by itself, until they come
    invited: frozenset[UUID] = frozenset()  # by name, while that lasts: they may know of a private room
    invited_before: frozenset[UUID] = frozenset()  # the same, as they were loaded
    seats: Mapping[UUID, Seat] = field(default_factory=dict)  # the stage, and those whom the batch names
    before: Mapping[UUID, Seat] = field(default_factory=dict)  # the same, as they were loaded

    @property
    def stage(self) -> list[tuple[UUID, Seat]]:
        """Everyone who may speak, by role, then seat."""
        on_stage = ((user, seat) for user, seat in self.seats.items() if seat.role.on_stage)
        return sorted(on_stage, key=lambda entry: (entry[1].role.rank, entry[1].seat))

    @property
    def changed(self) -> dict[UUID, Seat]:
        """Seats that are new, or other than they were loaded."""
        return {
            user: seat
            for user, seat in self.seats.items()
            if (was := self.before.get(user)) is not seat and was != seat
        }

    @property
    def gone(self) -> set[UUID]:
        return self.before.keys() - self.seats.keys()
