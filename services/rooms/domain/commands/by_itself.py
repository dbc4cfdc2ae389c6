"""What nobody asks for: something is due, or was told by another service. Each is checked again when it comes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


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


@dataclass(frozen=True)
class OpeningDue:
    at: datetime


@dataclass(frozen=True)
class Blocked:
    """The directory says: `by` has blocked `user_id`."""

    user_id: UUID
    by: UUID


@dataclass(frozen=True)
class BannedByClub:
    """The directory says: the club keeps `user_id` out."""

    user_id: UUID
    club_id: UUID
    by: UUID
    at: datetime


@dataclass(frozen=True)
class Registered:
    """The directory says: they have an account, and may have been a guest until now."""

    user_id: UUID


@dataclass(frozen=True)
class Erased:
    """The directory says: this person is no more."""

    user_id: UUID
    at: datetime
