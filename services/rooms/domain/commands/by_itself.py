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
