"""Acting on others: only on strictly lower roles. Roles, mutes, removals."""

from uuid import UUID

from contracts.roles import Role
from contracts.room_snapshot import Seat
from contracts.rooms import (
    LeftReason,
    ParticipantLeft,
    ParticipantMuted,
    ParticipantRemoved,
    ParticipantUnmuted,
    RoleChanged,
    RoleReason,
)
from services.kit.decisions import Refused
from services.rooms.domain.commands import ChangeRole, Mute, Remove, Unmute
from services.rooms.domain.hosting import hand_over, take_keys
from services.rooms.domain.refusals import (
    GUEST_SPEAKS,
    HAND_OVER_FIRST,
    NEEDS_CONSENT,
    NOT_ABOVE,
    NOT_HOST,
    NOT_IN_ROOM,
    NOT_MODERATOR,
    NOT_ON_STAGE,
    ONLY_DOWNWARD,
    TARGET_NOT_IN_ROOM,
    YOU_NOT_ON_STAGE,
)
from services.rooms.domain.rows import Beside, Outcome, PresenceGone, happened, nothing
from services.rooms.domain.state import Room


def may_act_on(room: Room, user: UUID, by: UUID) -> Seat | Refused:
    """The seat of the one who is acted on; or why not."""
    actor, target = room.seat(by), room.seat(user)
    if actor is None:
        return NOT_IN_ROOM
    if not actor.role.moderates:
        return NOT_MODERATOR
    if target is None:
        return TARGET_NOT_IN_ROOM
    return target if actor.role.above(target.role) else NOT_ABOVE


def change_role(command: ChangeRole, room: Room) -> Outcome:
    if command.user_id == command.by:
        return _change_own(command, room)
    target = may_act_on(room, command.user_id, command.by)
    if isinstance(target, Refused):
        return target
    if command.role is target.role:
        return nothing()
    if command.role is Role.HOST:
        return hand_over(command, room, target)
    if command.role is Role.MODERATOR and command.by != room.public.host_id:
        return NOT_HOST
    if not target.role.on_stage:
        return NEEDS_CONSENT
    return _changed(room, target, command.role, RoleReason.CHANGED, command.by)


def _change_own(command: ChangeRole, room: Room) -> Outcome:
    seat = room.seat(command.by)
    if seat is None:
        return NOT_IN_ROOM
    if command.role is seat.role:
        return nothing()
    if command.role is Role.HOST:
        return take_keys(command, room, seat)
    if seat.role is Role.HOST:
        return HAND_OVER_FIRST
    if seat.role.above(command.role):
        return _changed(room, seat, command.role, RoleReason.STEPPED_DOWN, command.by)
    if command.role is Role.SPEAKER and room.public.policy.speak == "open":
        return GUEST_SPEAKS if seat.guest else _changed(room, seat, Role.SPEAKER, RoleReason.STEPPED_UP, command.by)
    return ONLY_DOWNWARD


def mute(command: Mute, room: Room) -> Outcome:
    target = may_act_on(room, command.user_id, command.by)
    if isinstance(target, Refused):
        return target
    if not target.role.on_stage:
        return NOT_ON_STAGE
    if target.muted:
        return nothing()
    return happened(ParticipantMuted(room_id=room.public.id, user_id=command.user_id, by=command.by))


def unmute(command: Unmute, room: Room) -> Outcome:
    """Only one's own: nobody can switch on someone else's microphone."""
    seat = room.seat(command.user_id)
    if seat is None:
        return NOT_IN_ROOM
    if not seat.role.on_stage:
        return YOU_NOT_ON_STAGE
    if not seat.muted:
        return nothing()
    return happened(ParticipantUnmuted(room_id=room.public.id, user_id=command.user_id))


def remove(command: Remove, room: Room, beside: Beside) -> Outcome:
    target = may_act_on(room, command.user_id, command.by)
    if isinstance(target, Refused):
        return target
    room_id, user, by = room.public.id, command.user_id, command.by
    return happened(
        ParticipantRemoved(room_id=room_id, user_id=user, by=by, until=command.at + beside.times.come_back),
        ParticipantLeft(room_id=room_id, user_id=user, seat=target.seat, reason=LeftReason.REMOVED, by=by),
        rows=(PresenceGone(user),),
    )


def _changed(room: Room, seat: Seat, role: Role, reason: RoleReason, by: UUID) -> Outcome:
    return happened(RoleChanged(room_id=room.public.id, user_id=seat.user_id, role=role, reason=reason, by=by))
