"""What somebody may do here: each answer is the decision on the very command that they would send."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from contracts.roles import Role
from services.kit.decisions import Refused
from services.rooms.domain import commands as asked
from services.rooms.domain.commands import Command
from services.rooms.domain.deciding import decide
from services.rooms.domain.refusals import HAND_IS_UP, INVITED, MUTED, RAISE_HAND, STEP_UP
from services.rooms.domain.rows import Beside
from services.rooms.domain.state import Room

ANY = UUID(int=0)  # a connection, or a link, that is made when it is really done
HOUR = timedelta(hours=1)
May = Mapping[str, Refused | None]  # by action; None: it would be done


def own(room: Room, me: UUID, at: datetime, guest: bool, device: str | None) -> dict[str, Command]:
    """What one does about oneself, or about the room."""
    return {
        "join": asked.Join(me, ANY, at, guest, takeover=True, device=device),
        "leave": asked.Leave(me, at),
        "raise_hand": asked.RaiseHand(me),
        "lower_hand": asked.LowerHand(me, me),
        "accept_invitation": asked.AnswerInvitation(me, "accepted", at),
        "step_up": asked.ChangeRole(me, Role.SPEAKER, me, at),
        "step_down": asked.ChangeRole(me, Role.AUDIENCE, me, at),
        "take_keys": asked.ChangeRole(me, Role.HOST, me, at),
        "open_microphone": asked.Unmute(me),
        "lower_all_hands": asked.LowerAllHands(me),
        "close_hands": asked.Edit(me, at, policy={"hands_open": False}),
        "open_hands": asked.Edit(me, at, policy={"hands_open": True}),
        "make_link": asked.MakeLink(ANY, me, at, HOUR),
        "rename": asked.Edit(me, at, name=room.public.name),
        "change_policy": asked.Edit(me, at, policy={"speak": room.public.policy.speak}),
        "reschedule": asked.Edit(me, at, scheduled_for=at + HOUR),
        "open": asked.OpenPlanned(me, at),
        "end": asked.End(me),
    }


def towards(them: UUID, me: UUID, at: datetime) -> dict[str, Command]:
    """What one does about somebody else."""
    return {
        "invite": asked.Invite(them, me, at),
        "withdraw_invitation": asked.WithdrawInvitation(them, me),
        "lower_hand": asked.LowerHand(them, me),
        "mute": asked.Mute(them, me),
        "move_to_audience": asked.ChangeRole(them, Role.AUDIENCE, me, at),
        "make_moderator": asked.ChangeRole(them, Role.MODERATOR, me, at),
        "make_speaker": asked.ChangeRole(them, Role.SPEAKER, me, at),
        "hand_over_keys": asked.ChangeRole(them, Role.HOST, me, at),
        "remove": asked.Remove(them, me, at),
        "ban": asked.Ban(them, me, at),
        "lift_ban": asked.LiftBan(them, me),
    }


def allowed(commands: Mapping[str, Command], room: Room, beside: Beside) -> May:
    outcomes = {action: decide(command, room, beside) for action, command in commands.items()}
    return {action: outcome if isinstance(outcome, Refused) else None for action, outcome in outcomes.items()}


def speak(may: May, room: Room, me: UUID) -> Refused | None:
    """Why can't I speak? Speaking is no command: media follows the role. What stands between is the next step up."""
    seat = room.seat(me)
    if seat and seat.role.on_stage:
        return MUTED if seat.muted else None
    if may["accept_invitation"] is None:
        return INVITED
    if may["step_up"] is None:
        return STEP_UP
    if seat and room.public.has_hand_up(me):
        return HAND_IS_UP
    return may["raise_hand"] or RAISE_HAND
