"""Acting on people. `by` does it, and may say `why`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.roles import Role


@dataclass(frozen=True)
class ChangeRole:
    """Of another, or of oneself: step down, step up where the stage is open, hand over or take the keys (HOST)."""

    user_id: UUID
    role: Role
    by: UUID
    at: datetime
    why: str | None = None


@dataclass(frozen=True)
class Mute:
    user_id: UUID
    by: UUID
    why: str | None = None


@dataclass(frozen=True)
class Unmute:
    user_id: UUID


@dataclass(frozen=True)
class Remove:
    user_id: UUID
    by: UUID
    at: datetime
    why: str | None = None


@dataclass(frozen=True)
class Ban:
    """Also of somebody who is not here (any more)."""

    user_id: UUID
    by: UUID
    at: datetime
    why: str | None = None


@dataclass(frozen=True)
class LiftBan:
    user_id: UUID
    by: UUID
    why: str | None = None
