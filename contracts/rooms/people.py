"""People in a room: seats, roles, and what moderators do to them. `why` is what the moderator said, if anything."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.base import Fact
from contracts.roles import Role
from contracts.rooms.reasons import LeftReason, RoleReason


class ParticipantJoined(Fact):
    """A new seat, as AUDIENCE; its number is this fact's version.

    `invited_by`: came through that person's invitation or link. `device`: of this room's making, so that somebody
    banned does not come back as a guest; not shown to anybody.
    """

    type: Literal["room.participant_joined.v1"] = "room.participant_joined.v1"
    room_id: UUID
    user_id: UUID
    guest: bool = False
    invited_by: UUID | None = None
    device: str | None = None


class GuestRegistered(Fact):
    """Somebody who listened as a guest has an account now, in the same seat."""

    type: Literal["room.guest_registered.v1"] = "room.guest_registered.v1"
    room_id: UUID
    user_id: UUID


class ParticipantLeft(Fact):
    """The seat is gone, and the person with it."""

    type: Literal["room.participant_left.v1"] = "room.participant_left.v1"
    room_id: UUID
    user_id: UUID
    seat: int
    reason: LeftReason
    by: UUID | None = None


class RoleChanged(Fact):
    type: Literal["room.role_changed.v1"] = "room.role_changed.v1"
    room_id: UUID
    user_id: UUID
    role: Role
    reason: RoleReason
    by: UUID | None = None
    why: str | None = None


class ParticipantMuted(Fact):
    """A moderator shut this microphone; only its owner opens it again."""

    type: Literal["room.participant_muted.v1"] = "room.participant_muted.v1"
    room_id: UUID
    user_id: UUID
    by: UUID
    why: str | None = None


class ParticipantUnmuted(Fact):
    """The owner undid a moderator's mute."""

    type: Literal["room.participant_unmuted.v1"] = "room.participant_unmuted.v1"
    room_id: UUID
    user_id: UUID


class ParticipantRemoved(Fact):
    """Asked to leave; may come back at `until`. A `ParticipantLeft` follows."""

    type: Literal["room.participant_removed.v1"] = "room.participant_removed.v1"
    room_id: UUID
    user_id: UUID
    by: UUID
    until: datetime
    why: str | None = None


class ParticipantBanned(Fact):
    """May not come back, nor as a guest on the same device. A `ParticipantLeft` follows for who is here."""

    type: Literal["room.participant_banned.v1"] = "room.participant_banned.v1"
    room_id: UUID
    user_id: UUID
    by: UUID
    reason: str | None = None  # what `why` was called; no longer written
    why: str | None = None


class BanLifted(Fact):
    type: Literal["room.ban_lifted.v1"] = "room.ban_lifted.v1"
    room_id: UUID
    user_id: UUID
    by: UUID
    why: str | None = None


class BlockedOnStage(Fact):
    """Two people share the stage of whom one has blocked the other. For host and moderators to know."""

    type: Literal["room.blocked_on_stage.v1"] = "room.blocked_on_stage.v1"
    room_id: UUID
    user_id: UUID
    other_id: UUID
