"""What can be asked of a room. `at` is the door's clock; `by` and `user_id` are people."""

from services.rooms.domain.commands.asking import (
    AnswerInvitation,
    Invite,
    LowerAllHands,
    LowerHand,
    MakeLink,
    RaiseHand,
    WithdrawInvitation,
    WithdrawLink,
)
from services.rooms.domain.commands.by_itself import (
    BannedByClub,
    Blocked,
    CountdownDue,
    Erased,
    GraceDue,
    InvitationDue,
    OpeningDue,
    Registered,
)
from services.rooms.domain.commands.club import Club
from services.rooms.domain.commands.life import Edit, End, OpenPlanned, OpenRoom, Schedule
from services.rooms.domain.commands.moderation import Ban, ChangeRole, LiftBan, Mute, Remove, Unmute
from services.rooms.domain.commands.seats import Connected, Disconnected, Join, Leave

__all__ = [
    "AnswerInvitation",
    "Ban",
    "BannedByClub",
    "Blocked",
    "ByItself",
    "ChangeRole",
    "Club",
    "Command",
    "Connected",
    "CountdownDue",
    "Disconnected",
    "Edit",
    "End",
    "Erased",
    "GraceDue",
    "InvitationDue",
    "Invite",
    "Join",
    "Leave",
    "LiftBan",
    "LowerAllHands",
    "LowerHand",
    "MakeLink",
    "Mute",
    "OpenPlanned",
    "OpenRoom",
    "OpeningDue",
    "RaiseHand",
    "Registered",
    "Remove",
    "Schedule",
    "Unmute",
    "WithdrawInvitation",
    "WithdrawLink",
]

Told = Blocked | BannedByClub | Registered | Erased
ByItself = Connected | Disconnected | GraceDue | InvitationDue | CountdownDue | OpeningDue | Told
Command = (
    (OpenRoom | Schedule | OpenPlanned | Edit | End)
    | (Join | Leave)
    | (RaiseHand | LowerHand | LowerAllHands | Invite | WithdrawInvitation | AnswerInvitation | MakeLink | WithdrawLink)
    | (ChangeRole | Mute | Unmute | Remove | Ban | LiftBan)
    | ByItself
)
