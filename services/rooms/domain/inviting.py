"""Invitations: the room's consent to someone's speaking. Their own is to accept."""

from datetime import datetime

from contracts.roles import Role
from contracts.rooms import InvitationDeclined, InvitationWithdrawn, RoleChanged, RoleReason, SpeakerInvited
from services.rooms.domain.blocking import shared_stage
from services.rooms.domain.commands import AnswerInvitation, InvitationDue, Invite, WithdrawInvitation
from services.rooms.domain.moderating import may_moderate
from services.rooms.domain.refusals import (
    ALREADY_ON_STAGE,
    BLOCKED_BY_THEM,
    GUEST_INVITED,
    GUEST_SPEAKS,
    INVITATION_EXPIRED,
    MANY_INVITATIONS,
    NONE_TO_WITHDRAW,
    NOT_IN_ROOM,
    NOT_INVITED,
    STILL_BANNED,
)
from services.rooms.domain.rows import Beside, Due, Kind, NoLongerDue, Outcome, happened, nothing
from services.rooms.domain.state import Room

MOST_INVITATIONS = 100  # open at one time


def invite(command: Invite, room: Room, beside: Beside) -> Outcome:
    """To someone here, hand or no hand, or to someone who is not here yet."""
    target = room.seat(command.user_id)
    refused = may_moderate(room, command.by)
    if refused:
        return refused
    if command.user_id == command.by:
        return ALREADY_ON_STAGE
    if (command.user_id, command.by) in beside.blocks:
        return BLOCKED_BY_THEM
    if command.user_id in room.banned:
        return STILL_BANNED
    if target and target.guest:
        return GUEST_INVITED
    if target and target.role.on_stage:
        return ALREADY_ON_STAGE
    open_one = room.public.invitations.get(command.user_id)
    if open_one and open_one.expires_at > command.at:
        return nothing()
    if len(room.public.invitations) >= MOST_INVITATIONS:
        return MANY_INVITATIONS
    expires_at = _until(command, room, beside)
    invited = SpeakerInvited(room_id=room.public.id, user_id=command.user_id, by=command.by, expires_at=expires_at)
    return happened(invited, rows=(Due(Kind.INVITATION, command.user_id, expires_at),))


def _until(command: Invite, room: Room, beside: Beside) -> datetime:
    """Somebody outside has longer to come; to a planned room, until a while after it opens."""
    if room.seat(command.user_id):
        return command.at + beside.times.invitation
    opens = room.public.scheduled_for if room.scheduled else None
    return max(command.at, opens or command.at) + beside.times.invitation_outside


def withdraw(command: WithdrawInvitation, room: Room) -> Outcome:
    refused = may_moderate(room, command.by)
    if refused:
        return refused
    if command.user_id not in room.public.invitations:
        return NONE_TO_WITHDRAW
    withdrawn = InvitationWithdrawn(room_id=room.public.id, user_id=command.user_id, by=command.by)
    return happened(withdrawn, rows=(NoLongerDue(Kind.INVITATION, command.user_id),))


def answer(command: AnswerInvitation, room: Room, beside: Beside) -> Outcome:
    invitation, seat = room.public.invitations.get(command.user_id), room.seat(command.user_id)
    if invitation is None:
        return NOT_INVITED
    if invitation.expires_at <= command.at:
        return INVITATION_EXPIRED
    rows = (NoLongerDue(Kind.INVITATION, command.user_id),)
    if command.answer == "declined":
        return happened(InvitationDeclined(room_id=room.public.id, user_id=command.user_id), rows=rows)
    if seat is None:
        return NOT_IN_ROOM
    if seat.guest:
        return GUEST_SPEAKS
    if seat.role.on_stage:
        return ALREADY_ON_STAGE
    accepted = RoleChanged(
        room_id=room.public.id,
        user_id=command.user_id,
        role=Role.SPEAKER,
        reason=RoleReason.INVITED,
        by=invitation.by,
    )
    return happened(accepted, *shared_stage(command.user_id, room, beside), rows=rows)


def invitation_due(command: InvitationDue, room: Room) -> Outcome:
    invitation = room.public.invitations.get(command.user_id)
    passed = (NoLongerDue(Kind.INVITATION, command.user_id, command.at),)
    if invitation is None or invitation.expires_at > command.at:
        return happened(rows=passed)
    return happened(InvitationWithdrawn(room_id=room.public.id, user_id=command.user_id), rows=passed)
