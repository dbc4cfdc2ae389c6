"""The state of a room as every reader of its facts folds it: signalling and media keep one for each room they serve.

It is also the JSON of rooms' `GET /internal/rooms/{id}`, so a reader may start anywhere and then fold on from `seq`.
"""

from datetime import datetime
from enum import StrEnum
from typing import TypeVar, assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.base import Envelope
from contracts.roles import Role
from contracts.rooms import (
    BanLifted,
    HandLowered,
    HandRaised,
    HostLost,
    HostTransferred,
    InvitationDeclined,
    InvitationWithdrawn,
    ParticipantBanned,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantMuted,
    ParticipantRemoved,
    ParticipantUnmuted,
    Policy,
    RoleChanged,
    RoomEnded,
    RoomFact,
    RoomOpened,
    RoomPolicyChanged,
    RoomRenamed,
    RoomScheduled,
    SpeakerInvited,
)

V = TypeVar("V")
NOBODY: dict[str, object] = {"seats": {}, "hands": (), "invitations": {}, "host_id": None, "hostless_until": None}


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

    @property
    def may_speak(self) -> bool:
        return self.role.on_stage and not self.muted


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
    host_id: UUID | None = None
    hostless_until: datetime | None = None
    seats: dict[UUID, Seat] = {}
    hands: tuple[UUID, ...] = ()  # in the order they went up
    invitations: dict[UUID, Invitation] = {}

    def role_of(self, user_id: UUID) -> Role | None:
        seat = self.seats.get(user_id)
        return seat.role if seat else None


def fold(room: RoomSnapshot, envelope: Envelope[RoomFact]) -> RoomSnapshot:
    """The room after one more fact; a fact already folded changes nothing.

    Raises ValueError on a gap: ask the owner for the room again.
    """
    if envelope.seq <= room.seq:
        return room
    if envelope.seq > room.seq + 1:
        raise ValueError(f"room {room.id}: {envelope.seq} does not follow {room.seq}")
    return _fold(room, envelope.fact, envelope.seq, envelope.at).model_copy(update={"seq": envelope.seq})


def skip(room: RoomSnapshot, seq: int) -> RoomSnapshot:
    """The room after a fact of a type not known here: only its version counts."""
    return room.model_copy(update={"seq": seq}) if seq == room.seq + 1 else room


def _fold(room: RoomSnapshot, fact: RoomFact, seq: int, at: datetime) -> RoomSnapshot:
    match fact:
        case RoomScheduled() | RoomOpened():
            return _begun(room, fact, seq, at)
        case RoomRenamed(name=name):
            return room.model_copy(update={"name": name})
        case RoomPolicyChanged(policy=policy):
            return room.model_copy(update={"policy": policy})
        case ParticipantJoined(user_id=user, guest=guest):
            return _seated(room, Seat(user_id=user, seat=seq, role=Role.AUDIENCE, guest=guest))
        case ParticipantLeft(user_id=user):
            return _gone(room, user)
        case RoleChanged(user_id=user, role=role):
            return _settled(_with_role(room, user, role), user)
        case HandRaised(user_id=user):
            return room.model_copy(update={"hands": (*room.hands, user)})
        case HandLowered(user_id=user):
            return room.model_copy(update={"hands": _without(room.hands, user)})
        case SpeakerInvited(user_id=user, by=by, expires_at=expires_at):
            invitation = Invitation(user_id=user, by=by, expires_at=expires_at)
            return room.model_copy(update={"invitations": {**room.invitations, user: invitation}})
        case InvitationDeclined(user_id=user) | InvitationWithdrawn(user_id=user):
            return room.model_copy(update={"invitations": _except(room.invitations, user)})
        case ParticipantMuted(user_id=user):
            return _with_mute(room, user, True)
        case ParticipantUnmuted(user_id=user):
            return _with_mute(room, user, False)
        case ParticipantRemoved() | ParticipantBanned() | BanLifted():
            return room  # the seat goes with the `ParticipantLeft` that follows
        case HostLost(ends_at=ends_at):
            return room.model_copy(update={"host_id": None, "hostless_until": ends_at})
        case HostTransferred(from_id=former, to_id=to):
            return _handed_over(room, former, to)
        case RoomEnded():
            return room.model_copy(update={"state": RoomState.ENDED, **NOBODY})
        case _:
            assert_never(fact)


def _begun(room: RoomSnapshot, fact: RoomScheduled | RoomOpened, seq: int, at: datetime) -> RoomSnapshot:
    begun = room.model_copy(
        update={
            "name": fact.name,
            "club_id": fact.club_id,
            "topic_id": fact.topic_id,
            "policy": fact.policy,
            "host_id": fact.host_id,
            "state": RoomState.SCHEDULED,
        }
    )
    if isinstance(fact, RoomScheduled):
        return begun
    host = Seat(user_id=fact.host_id, seat=seq, role=Role.HOST)
    return _seated(begun.model_copy(update={"state": RoomState.LIVE, "started_at": at}), host)


def _seated(room: RoomSnapshot, seat: Seat) -> RoomSnapshot:
    return room.model_copy(update={"seats": {**room.seats, seat.user_id: seat}})


def _gone(room: RoomSnapshot, user: UUID) -> RoomSnapshot:
    return _settled(room.model_copy(update={"seats": _except(room.seats, user)}), user)


def _settled(room: RoomSnapshot, user: UUID) -> RoomSnapshot:
    """Whoever leaves or changes role has no hand up and no invitation open."""
    return room.model_copy(update={"hands": _without(room.hands, user), "invitations": _except(room.invitations, user)})


def _with_role(room: RoomSnapshot, user: UUID, role: Role) -> RoomSnapshot:
    """A moderator's mute ends with one's time on stage."""
    seat = room.seats[user]
    muted = seat.muted and role.on_stage
    return _seated(room, seat.model_copy(update={"role": role, "muted": muted}))


def _with_mute(room: RoomSnapshot, user: UUID, muted: bool) -> RoomSnapshot:
    return _seated(room, room.seats[user].model_copy(update={"muted": muted}))


def _handed_over(room: RoomSnapshot, former: UUID | None, to: UUID) -> RoomSnapshot:
    if former in room.seats and former is not None:
        room = _with_role(room, former, Role.MODERATOR)
    room = _settled(_with_role(room, to, Role.HOST), to)
    return room.model_copy(update={"host_id": to, "hostless_until": None})


def _without(users: tuple[UUID, ...], user: UUID) -> tuple[UUID, ...]:
    return tuple(other for other in users if other != user)


def _except(rows: dict[UUID, V], user: UUID) -> dict[UUID, V]:
    return {key: row for key, row in rows.items() if key != user}
