"""The state of a room as every reader of its facts has it: signalling and media keep one for each room they serve.

It is also the JSON of rooms' `GET /internal/rooms/{id}`, so a reader may start anywhere and then fold on from `seq`.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from immutables import Map
from pydantic import BaseModel, ConfigDict

from contracts.maps import AsMap
from contracts.roles import Role
from contracts.rooms import Policy


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class RoomState(StrEnum):
    SCHEDULED = "scheduled"
    LIVE = "live"
    ENDED = "ended"


class Seat(Frozen):
    user_id: UUID
    seat: int
    role: Role
    muted: bool = False  # by a moderator
    guest: bool = False
    invited_by: UUID | None = None  # through whose invitation or link they came

    @property
    def may_speak(self) -> bool:
        return self.role.on_stage and not self.muted


class Hand(Frozen):
    user_id: UUID
    raised_at: datetime
    hidden_from: tuple[UUID, ...] = ()  # who has blocked them


class Link(Frozen):
    """Lets people into a private room."""

    link_id: UUID
    by: UUID
    expires_at: datetime


class Invitation(Frozen):
    user_id: UUID
    by: UUID
    expires_at: datetime


class RoomSnapshot(Frozen):
    id: UUID
    seq: int = 0
    name: str = ""
    club_id: UUID | None = None
    topic_id: UUID | None = None
    state: RoomState = RoomState.LIVE
    policy: Policy = Policy()
    started_at: datetime | None = None
    scheduled_for: datetime | None = None
    host_id: UUID | None = None
    awaited_host_id: UUID | None = None  # of a room that opened by itself, until its host comes
    hostless_until: datetime | None = None
    seats: Annotated[Map[UUID, Seat], AsMap()] = Map()  # in no order
    hands: tuple[Hand, ...] = ()  # in the order they went up
    invitations: dict[UUID, Invitation] = {}
    links: dict[UUID, Link] = {}

    def role_of(self, user_id: UUID) -> Role | None:
        seat = self.seats.get(user_id)
        return seat.role if seat else None

    def has_hand_up(self, user_id: UUID) -> bool:
        return any(hand.user_id == user_id for hand in self.hands)
