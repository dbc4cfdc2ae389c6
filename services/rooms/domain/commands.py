"""What can be asked of a room. `at` is the door's clock; `by` and `user_id` are people."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.roles import Role
from contracts.rooms import Policy


@dataclass(frozen=True)
class Club:
    """What rooms knows of a club, handed in with the command like the clock."""

    club_id: UUID
    topic_id: UUID
    founder_id: UUID
    admins: frozenset[UUID] = frozenset()

    def hosts(self, user: UUID) -> bool:
        """A club room's host may be any club admin."""
        return user == self.founder_id or user in self.admins


@dataclass(frozen=True)
class OpenRoom:
    """`seeded`: by the demo's loader; the same room again is no refusal, and its host may be late."""

    room_id: UUID
    host_id: UUID
    name: str
    at: datetime
    guest: bool = False
    club: Club | None = None
    topic_id: UUID | None = None
    policy: Policy = field(default_factory=Policy)
    seeded: bool = False


@dataclass(frozen=True)
class Join:
    user_id: UUID
    connection: UUID
    at: datetime
    guest: bool = False
    takeover: bool = False


@dataclass(frozen=True)
class Leave:
    """`connection`, when given, must be the seat's: a tab that lost its seat to another one does not end it."""

    user_id: UUID
    at: datetime
    connection: UUID | None = None


@dataclass(frozen=True)
class End:
    by: UUID


@dataclass(frozen=True)
class RaiseHand:
    user_id: UUID


@dataclass(frozen=True)
class LowerHand:
    user_id: UUID
    by: UUID


@dataclass(frozen=True)
class LowerAllHands:
    by: UUID


@dataclass(frozen=True)
class Invite:
    user_id: UUID
    by: UUID
    at: datetime


@dataclass(frozen=True)
class WithdrawInvitation:
    user_id: UUID
    by: UUID


@dataclass(frozen=True)
class AnswerInvitation:
    user_id: UUID
    answer: Literal["accepted", "declined"]
    at: datetime


@dataclass(frozen=True)
class ChangeRole:
    """Of another, or of oneself: step down, step up where the stage is open, hand over or take the keys (HOST)."""

    user_id: UUID
    role: Role
    by: UUID
    at: datetime


@dataclass(frozen=True)
class Mute:
    user_id: UUID
    by: UUID


@dataclass(frozen=True)
class Unmute:
    user_id: UUID


@dataclass(frozen=True)
class Remove:
    user_id: UUID
    by: UUID
    at: datetime


@dataclass(frozen=True)
class Connected:
    """Signalling says: this seat has a line."""

    user_id: UUID
    seat: int
    connection_no: int


@dataclass(frozen=True)
class Disconnected:
    """Signalling says: it has none any more. The grace runs from `at`, rooms' own time."""

    user_id: UUID
    seat: int
    connection_no: int
    at: datetime


@dataclass(frozen=True)
class GraceDue:
    user_id: UUID
    seat: int
    connection_no: int
    at: datetime


@dataclass(frozen=True)
class InvitationDue:
    user_id: UUID
    at: datetime


@dataclass(frozen=True)
class CountdownDue:
    at: datetime


Command = (
    OpenRoom
    | Join
    | Leave
    | End
    | RaiseHand
    | LowerHand
    | LowerAllHands
    | Invite
    | WithdrawInvitation
    | AnswerInvitation
    | ChangeRole
    | Mute
    | Unmute
    | Remove
    | Connected
    | Disconnected
    | GraceDue
    | InvitationDue
    | CountdownDue
)
