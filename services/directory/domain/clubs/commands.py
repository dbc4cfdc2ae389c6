"""What may be asked of a club. `user_id`: whom it is about; `by`: who asks, where that is somebody else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.clubs import Admission


@dataclass(frozen=True)
class Wishes:
    """What to change; None leaves it as it is."""

    name: str | None = None
    topic_id: UUID | None = None
    description: str | None = None
    rules: str | None = None
    admission: Admission | None = None


@dataclass(frozen=True)
class Found:
    """`keeps`: the same club again, under a chosen id, is no refusal. `more`: beyond its name and topic."""

    club_id: UUID
    by: UUID
    name: str
    topic_id: UUID
    at: datetime
    keeps: bool = False
    more: Wishes = Wishes()


@dataclass(frozen=True)
class Edit:
    by: UUID
    wishes: Wishes


@dataclass(frozen=True)
class Follow:
    user_id: UUID


@dataclass(frozen=True)
class Unfollow:
    user_id: UUID


@dataclass(frozen=True)
class Join:
    user_id: UUID
    at: datetime


@dataclass(frozen=True)
class Leave:
    user_id: UUID


@dataclass(frozen=True)
class Depart:
    """Somebody is erased: nothing of the club is theirs any more."""

    user_id: UUID


@dataclass(frozen=True)
class Answer:
    """To somebody who asked to come in."""

    by: UUID
    user_id: UUID
    accepted: bool
    at: datetime


@dataclass(frozen=True)
class Invite:
    by: UUID
    user_id: UUID
    at: datetime


@dataclass(frozen=True)
class Withdraw:
    """An invitation."""

    by: UUID
    user_id: UUID


@dataclass(frozen=True)
class Remove:
    by: UUID
    user_id: UUID


@dataclass(frozen=True)
class Ban:
    by: UUID
    user_id: UUID
    at: datetime


@dataclass(frozen=True)
class Lift:
    by: UUID
    user_id: UUID


@dataclass(frozen=True)
class AddAdmin:
    by: UUID
    user_id: UUID


@dataclass(frozen=True)
class RemoveAdmin:
    by: UUID
    user_id: UUID


@dataclass(frozen=True)
class HandOver:
    by: UUID
    user_id: UUID


Command = (
    Found
    | Edit
    | Follow
    | Unfollow
    | Join
    | Leave
    | Depart
    | Answer
    | Invite
    | Withdraw
    | Remove
    | Ban
    | Lift
    | AddAdmin
    | RemoveAdmin
    | HandOver
)
