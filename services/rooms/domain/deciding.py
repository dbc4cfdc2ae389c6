"""Which rule decides which command."""

from typing import assert_never

from services.rooms.domain import (
    blocking,
    editing,
    ending,
    hands,
    inviting,
    linking,
    moderating,
    opening,
    removing,
    seats,
    told,
)
from services.rooms.domain import commands as asked
from services.rooms.domain.commands import ByItself, Command
from services.rooms.domain.refusals import ROOM_ENDED, ROOM_UNKNOWN, not_open
from services.rooms.domain.rows import Beside, Outcome, nothing
from services.rooms.domain.state import Room

# What a room is asked before it opens; of anything else it says when it will.
BEFORE_OPENING = (
    *(asked.OpenPlanned, asked.Edit, asked.End, asked.OpeningDue),
    *(asked.Invite, asked.WithdrawInvitation, asked.InvitationDue, asked.MakeLink, asked.WithdrawLink),
    *(asked.Ban, asked.LiftBan),
)


def decide(command: Command, room: Room, beside: Beside) -> Outcome:
    """Facts, or a refusal. `beside` holds what stands beside the log about the people that the command is about."""
    if isinstance(command, asked.OpenRoom):
        return opening.open_room(command, room, beside)
    if isinstance(command, asked.Schedule):
        return opening.schedule(command, room)
    if not room.begun or room.ended:
        return nothing() if isinstance(command, ByItself) else (ROOM_ENDED if room.begun else ROOM_UNKNOWN)
    if room.public.scheduled_for and not isinstance(command, BEFORE_OPENING):
        return nothing() if isinstance(command, (ByItself, asked.Leave)) else not_open(room.public.scheduled_for)
    return _decide(command, room, beside)


def _decide(command: Command, room: Room, beside: Beside) -> Outcome:
    match command:
        case asked.OpenRoom() | asked.Schedule():
            raise AssertionError("a room begins once")
        case asked.OpenPlanned():
            return opening.open_planned(command, room, beside)
        case asked.OpeningDue():
            return opening.opening_due(command, room, beside)
        case asked.Edit():
            return editing.edit(command, room)
        case asked.End():
            return ending.end(command, room)
        case asked.Join():
            return seats.join(command, room, beside)
        case asked.Leave():
            return seats.leave(command, room, beside)
        case asked.RaiseHand():
            return hands.raise_hand(command, room, beside)
        case asked.LowerHand():
            return hands.lower_hand(command, room)
        case asked.LowerAllHands():
            return hands.lower_all_hands(command, room)
        case asked.Invite():
            return inviting.invite(command, room, beside)
        case asked.WithdrawInvitation():
            return inviting.withdraw(command, room)
        case asked.AnswerInvitation():
            return inviting.answer(command, room, beside)
        case asked.MakeLink():
            return linking.make_link(command, room)
        case asked.WithdrawLink():
            return linking.withdraw_link(command, room)
        case asked.ChangeRole():
            return moderating.change_role(command, room, beside)
        case asked.Mute():
            return moderating.mute(command, room)
        case asked.Unmute():
            return moderating.unmute(command, room)
        case asked.Remove():
            return removing.remove(command, room, beside)
        case asked.Ban():
            return removing.ban(command, room)
        case asked.LiftBan():
            return removing.lift(command, room)
        case asked.Connected():
            return seats.connected(command, room, beside)
        case asked.Disconnected():
            return seats.disconnected(command, room, beside)
        case asked.GraceDue():
            return seats.grace_due(command, room, beside)
        case asked.InvitationDue():
            return inviting.invitation_due(command, room)
        case asked.CountdownDue():
            return ending.countdown_due(command, room)
        case asked.Blocked():
            return blocking.blocked(command, room)
        case asked.BannedByClub():
            return told.banned_by_club(command, room, beside)
        case asked.Registered():
            return told.registered(command, room)
        case asked.Erased():
            return told.erased(command, room, beside)
        case _:
            assert_never(command)
