"""Coming, staying, going."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Join:
    """`device`: this room's mark of the browser, if it has one. `link`: of a private room, as it was checked."""

    user_id: UUID
    connection: UUID
    at: datetime
    guest: bool = False
    takeover: bool = False
    device: str | None = None
    link: UUID | None = None


@dataclass(frozen=True)
class Leave:
    """`connection`, when given, must be the seat's: a tab that lost its seat to another one does not end it.

    `keys_to`: who gets the keys when the host leaves.
    """

    user_id: UUID
    at: datetime
    connection: UUID | None = None
    keys_to: UUID | None = None


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
