"""A room's life: planned, opened, changed, ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.rooms import Policy
from services.rooms.domain.commands.club import Club


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
class Schedule:
    """A room that opens later: by its host, or by itself at `scheduled_for`."""

    room_id: UUID
    host_id: UUID
    name: str
    at: datetime
    scheduled_for: datetime
    guest: bool = False
    club: Club | None = None
    topic_id: UUID | None = None
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True)
class OpenPlanned:
    """Whoever opens it has the host's seat: its planned host, or in a club's room any of the club's admins."""

    by: UUID
    at: datetime


@dataclass(frozen=True)
class Edit:
    """What is given changes. `policy` holds the fields of the policy that change."""

    by: UUID
    at: datetime
    name: str | None = None
    policy: Mapping[str, Any] = field(default_factory=dict)
    scheduled_for: datetime | None = None


@dataclass(frozen=True)
class End:
    """By the host, or by an operator of this installation, who may end any room."""

    by: UUID
    operator: bool = False
    why: str | None = None
