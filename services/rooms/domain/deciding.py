"""Which rule decides which command."""

from typing import assert_never

from services.rooms.domain import commands as asked
from services.rooms.domain import hands, hosting, inviting, moderating, opening, seats
from services.rooms.domain.commands import Command
from services.rooms.domain.refusals import ROOM_ENDED, ROOM_UNKNOWN
from services.rooms.domain.rows import Beside, Outcome, nothing
from services.rooms.domain.state import Room

BY_ITSELF = asked.Connected | asked.Disconnected | asked.GraceDue | asked.InvitationDue | asked.CountdownDue


def decide(command: Command, room: Room, beside: Beside) -> Outcome:
    """Facts, or a refusal. `beside` holds the presence of the people that the command is about."""
    if isinstance(command, asked.OpenRoom):
        return opening.open_room(command, room, beside)
    if not room.opened or room.ended:
        return nothing() if isinstance(command, BY_ITSELF) else (ROOM_ENDED if room.opened else ROOM_UNKNOWN)
    match command:
        case asked.Join():
            return seats.join(command, room, beside)
        case asked.Leave():
            return seats.leave(command, room, beside)
        case asked.End():
            return opening.end(command, room)
        case asked.RaiseHand():
            return hands.raise_hand(command, room)
        case asked.LowerHand():
            return hands.lower_hand(command, room)
        case asked.LowerAllHands():
            return hands.lower_all_hands(command, room)
        case asked.Invite():
            return inviting.invite(command, room, beside)
        case asked.WithdrawInvitation():
            return inviting.withdraw(command, room)
        case asked.AnswerInvitation():
            return inviting.answer(command, room)
        case asked.ChangeRole():
            return moderating.change_role(command, room)
        case asked.Mute():
            return moderating.mute(command, room)
        case asked.Unmute():
            return moderating.unmute(command, room)
        case asked.Remove():
            return moderating.remove(command, room, beside)
        case asked.Connected():
            return seats.connected(command, room, beside)
        case asked.Disconnected():
            return seats.disconnected(command, room, beside)
        case asked.GraceDue():
            return seats.grace_due(command, room, beside)
        case asked.InvitationDue():
            return inviting.invitation_due(command, room)
        case asked.CountdownDue():
            return hosting.countdown_due(command, room)
        case _:
            assert_never(command)
