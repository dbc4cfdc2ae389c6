"""The one fold of a room's facts: what rooms decides on is what every reader sees."""

from datetime import datetime
from typing import TypeVar, assert_never
from uuid import UUID

from immutables import Map

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_snapshot import Hand, Invitation, Link, RoomSnapshot, RoomState, Seat
from contracts.rooms import (
    BanLifted,
    BlockedOnStage,
    GuestRegistered,
    HandHidden,
    HandLowered,
    HandRaised,
    HostLost,
    HostTransferred,
    InvitationDeclined,
    InvitationWithdrawn,
    LinkMade,
    LinkWithdrawn,
    ParticipantBanned,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantMuted,
    ParticipantRemoved,
    ParticipantUnmuted,
    RoleChanged,
    RoomEnded,
    RoomFact,
    RoomOpened,
    RoomPolicyChanged,
    RoomRenamed,
    RoomRescheduled,
    RoomScheduled,
    SpeakerInvited,
)

V = TypeVar("V")
NOBODY: dict[str, object] = {
    **{"seats": Map(), "hands": (), "invitations": {}, "links": {}},
    **{"host_id": None, "awaited_host_id": None, "hostless_until": None, "scheduled_for": None},
}


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
        case RoomScheduled():
            planned = {"state": RoomState.SCHEDULED, "scheduled_for": fact.scheduled_for}
            return _begun(room, fact).model_copy(update=planned)
        case RoomRescheduled(scheduled_for=scheduled_for):
            return room.model_copy(update={"scheduled_for": scheduled_for})
        case RoomOpened():
            return _opened(room, fact, seq, at)
        case RoomRenamed(name=name):
            return room.model_copy(update={"name": name})
        case RoomPolicyChanged(policy=policy):
            return room.model_copy(update={"policy": policy})
        case ParticipantJoined(user_id=user, guest=guest, invited_by=by):
            return _seated(room, Seat(user_id=user, seat=seq, role=Role.AUDIENCE, guest=guest, invited_by=by))
        case GuestRegistered(user_id=user):
            return _seated(room, room.seats[user].model_copy(update={"guest": False}))
        case ParticipantLeft(user_id=user):
            return _gone(room, user)
        case RoleChanged(user_id=user, role=role):
            return _settled(_with_role(room, user, role), user)
        case HandRaised(user_id=user, hidden_from=hidden_from):
            hand = Hand(user_id=user, raised_at=at, hidden_from=hidden_from)
            return room.model_copy(update={"hands": (*room.hands, hand)})
        case HandHidden(user_id=user, from_id=viewer):
            return room.model_copy(update={"hands": tuple(_hidden(hand, user, viewer) for hand in room.hands)})
        case HandLowered(user_id=user):
            return room.model_copy(update={"hands": _down(room.hands, user)})
        case SpeakerInvited(user_id=user, by=by, expires_at=expires_at):
            invitation = Invitation(user_id=user, by=by, expires_at=expires_at)
            return room.model_copy(update={"invitations": {**room.invitations, user: invitation}})
        case InvitationDeclined(user_id=user) | InvitationWithdrawn(user_id=user):
            return room.model_copy(update={"invitations": _except(room.invitations, user)})
        case LinkMade(link_id=link_id, by=by, expires_at=expires_at):
            link = Link(link_id=link_id, by=by, expires_at=expires_at)
            return room.model_copy(update={"links": {**room.links, link_id: link}})
        case LinkWithdrawn(link_id=link_id):
            return room.model_copy(update={"links": _except(room.links, link_id)})
        case ParticipantMuted(user_id=user):
            return _with_mute(room, user, True)
        case ParticipantUnmuted(user_id=user):
            return _with_mute(room, user, False)
        case ParticipantRemoved() | ParticipantBanned() | BanLifted() | BlockedOnStage():
            return room  # a seat goes with the `ParticipantLeft` that follows
        case HostLost(ends_at=ends_at):
            return room.model_copy(update={"host_id": None, "hostless_until": ends_at})
        case HostTransferred(from_id=former, to_id=to):
            return _handed_over(room, former, to)
        case RoomEnded():
            return room.model_copy(update={"state": RoomState.ENDED, **NOBODY})
        case _:
            assert_never(fact)


def _begun(room: RoomSnapshot, fact: RoomScheduled | RoomOpened) -> RoomSnapshot:
    names = fact.model_dump(include={"name", "club_id", "topic_id", "host_id"})
    return room.model_copy(update={**names, "policy": fact.policy})


def _opened(room: RoomSnapshot, fact: RoomOpened, seq: int, at: datetime) -> RoomSnapshot:
    room = _begun(room, fact).model_copy(update={"state": RoomState.LIVE, "started_at": at, "scheduled_for": None})
    if fact.host_awaited_until:
        awaited = {"host_id": None, "awaited_host_id": fact.host_id, "hostless_until": fact.host_awaited_until}
        return room.model_copy(update=awaited)
    return _settled(_seated(room, Seat(user_id=fact.host_id, seat=seq, role=Role.HOST)), fact.host_id)


def _seated(room: RoomSnapshot, seat: Seat) -> RoomSnapshot:
    return room.model_copy(update={"seats": room.seats.set(seat.user_id, seat)})


def _gone(room: RoomSnapshot, user: UUID) -> RoomSnapshot:
    return _settled(room.model_copy(update={"seats": room.seats.delete(user)}), user)


def _settled(room: RoomSnapshot, user: UUID) -> RoomSnapshot:
    """Whoever leaves or changes role has no hand up and no invitation open."""
    if user not in room.invitations and not room.has_hand_up(user):
        return room
    return room.model_copy(update={"hands": _down(room.hands, user), "invitations": _except(room.invitations, user)})


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
    return room.model_copy(update={"host_id": to, "hostless_until": None, "awaited_host_id": None})


def _down(hands: tuple[Hand, ...], user: UUID) -> tuple[Hand, ...]:
    return tuple(hand for hand in hands if hand.user_id != user)


def _hidden(hand: Hand, user: UUID, viewer: UUID) -> Hand:
    if hand.user_id != user or viewer in hand.hidden_from:
        return hand
    return hand.model_copy(update={"hidden_from": (*hand.hidden_from, viewer)})


def _except(rows: dict[UUID, V], key: UUID) -> dict[UUID, V]:
    return {other: row for other, row in rows.items() if other != key}
