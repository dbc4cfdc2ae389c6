"""The way onto the stage, and into a private room: hands, invitations, links."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID


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
class MakeLink:
    """Whoever comes with it is let in, for as long as it `lasts`."""

    link_id: UUID
    by: UUID
    at: datetime
    lasts: timedelta


@dataclass(frozen=True)
class WithdrawLink:
    link_id: UUID
    by: UUID
