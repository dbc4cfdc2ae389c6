"""Sending people away: for a while, or until a ban is lifted."""

from uuid import UUID

from contracts.base import Fact
from contracts.roles import Role
from contracts.rooms import (
    BanLifted,
    InvitationWithdrawn,
    LeftReason,
    ParticipantBanned,
    ParticipantLeft,
    ParticipantRemoved,
)
from services.kit.decisions import Refused
from services.rooms.domain.commands import Ban, LiftBan, Remove
from services.rooms.domain.moderating import may_act_on, may_moderate
from services.rooms.domain.refusals import NOT_ABOVE, NOT_BANNED, NOT_YOURSELF
from services.rooms.domain.rows import Beside, Kind, NoLongerDue, Outcome, PresenceGone, happened, nothing
from services.rooms.domain.state import Room


def remove(command: Remove, room: Room, beside: Beside) -> Outcome:
    """They may come back after a while, or by an invitation."""
    target = may_act_on(room, command.user_id, command.by)
    if isinstance(target, Refused):
        return target
    room_id, user, by = room.public.id, command.user_id, command.by
    until = command.at + beside.times.come_back
    return happened(
        ParticipantRemoved(room_id=room_id, user_id=user, by=by, until=until, why=command.why),
        ParticipantLeft(room_id=room_id, user_id=user, seat=target.seat, reason=LeftReason.REMOVED, by=by),
        rows=(PresenceGone(user),),
    )


def ban(command: Ban, room: Room) -> Outcome:
    """Whether they are here or not; an open invitation ends with it."""
    refused = _may_not_ban(command, room)
    if refused:
        return refused
    user, by, room_id, seat = command.user_id, command.by, room.public.id, room.seat(command.user_id)
    if user in room.banned:
        return nothing()
    facts: list[Fact] = [ParticipantBanned(room_id=room_id, user_id=user, by=by, why=command.why)]
    if seat:
        facts.append(ParticipantLeft(room_id=room_id, user_id=user, seat=seat.seat, reason=LeftReason.BANNED, by=by))
        return happened(*facts, rows=(PresenceGone(user),))
    if user in room.public.invitations:
        facts.append(InvitationWithdrawn(room_id=room_id, user_id=user, by=by))
    return happened(*facts, rows=(NoLongerDue(Kind.INVITATION, user),))


def lift(command: LiftBan, room: Room) -> Outcome:
    refused = may_moderate(room, command.by)
    if refused:
        return refused
    if command.user_id not in room.banned:
        return NOT_BANNED
    return happened(BanLifted(room_id=room.public.id, user_id=command.user_id, by=command.by, why=command.why))


def _may_not_ban(command: Ban, room: Room) -> Refused | None:
    refused = may_moderate(room, command.by)
    if refused:
        return refused
    if command.user_id == command.by:
        return NOT_YOURSELF
    actor, role = room.role_of(command.by), _role_before(command.user_id, command, room)
    return None if actor and actor.above(role) else NOT_ABOVE


def _role_before(user: UUID, command: Ban, room: Room) -> Role:
    """Of who is away, too: a host whose line broke is not banned by a moderator meanwhile."""
    if room.may_have_keys_back(user, command.at):
        return Role.HOST
    return room.role_of(user) or Role.AUDIENCE
