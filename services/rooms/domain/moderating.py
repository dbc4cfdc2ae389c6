"""Acting on others: only on strictly lower roles. Roles and mutes."""

from uuid import UUID

from contracts.roles import Role
from contracts.room_snapshot import Seat
from contracts.rooms import ParticipantMuted, ParticipantUnmuted, RoleChanged, RoleReason
from services.kit.decisions import Refused
from services.rooms.domain.blocking import shared_stage
from services.rooms.domain.commands import ChangeRole, Mute, Unmute
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
from services.rooms.domain.rows import Beside, Outcome, happened, nothing
from services.rooms.domain.state import Room


def may_moderate(room: Room, by: UUID) -> Refused | None:
    role = room.role_of(by)
    if role is None:
        return NOT_HOST if room.scheduled else NOT_IN_ROOM
    return None if role.moderates else NOT_MODERATOR


def may_act_on(room: Room, user: UUID, by: UUID) -> Seat | Refused:
    """The seat of the one who is acted on; or why not."""
    refused, actor, target = may_moderate(room, by), room.role_of(by), room.seat(user)
    if refused or actor is None:
        return refused or NOT_IN_ROOM
    if target is None:
        return TARGET_NOT_IN_ROOM
    return target if actor.above(target.role) else NOT_ABOVE


def change_role(command: ChangeRole, room: Room, beside: Beside) -> Outcome:
    if command.user_id == command.by:
        return _change_own(command, room, beside)
    target = may_act_on(room, command.user_id, command.by)
    if isinstance(target, Refused):
        return target
    if command.role is target.role:
        return nothing()
    if command.role is Role.HOST:
        return hand_over(command, room, target, beside)
    if command.role is Role.MODERATOR and command.by != room.public.host_id:
        return NOT_HOST
    if not target.role.on_stage:
        return NEEDS_CONSENT
    return happened(_changed(room, command, RoleReason.CHANGED))


def _change_own(command: ChangeRole, room: Room, beside: Beside) -> Outcome:
    seat = room.seat(command.by)
    if seat is None:
        return NOT_IN_ROOM
    if command.role is seat.role:
        return nothing()
    if command.role is Role.HOST:
        return take_keys(command, room, seat, beside)
    if seat.role is Role.HOST:
        return HAND_OVER_FIRST
    if seat.role.above(command.role):
        return happened(_changed(room, command, RoleReason.STEPPED_DOWN))
    if command.role is not Role.SPEAKER or room.public.policy.speak != "open":
        return ONLY_DOWNWARD
    if seat.guest:
        return GUEST_SPEAKS
    return happened(_changed(room, command, RoleReason.STEPPED_UP), *shared_stage(command.by, room, beside))


def mute(command: Mute, room: Room) -> Outcome:
    target = may_act_on(room, command.user_id, command.by)
    if isinstance(target, Refused):
        return target
    if not target.role.on_stage:
        return NOT_ON_STAGE
    if target.muted:
        return nothing()
    return happened(ParticipantMuted(room_id=room.public.id, user_id=command.user_id, by=command.by, why=command.why))


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


def _changed(room: Room, command: ChangeRole, reason: RoleReason) -> RoleChanged:
    return RoleChanged(
        room_id=room.public.id,
        user_id=command.user_id,
        role=command.role,
        reason=reason,
        by=command.by,
        why=command.why,
    )
