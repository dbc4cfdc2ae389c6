"""What stands beside a room's log: who is connected, and what is due. Changed only under the room's lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from contracts.base import Fact
from contracts.rooms import RoomFact
from services.kit.decisions import Decided, Refused
from services.rooms.domain.commands.club import Club


class Kind(StrEnum):
    """Of a deadline."""

    GRACE = "grace"
    INVITATION = "invitation"
    COUNTDOWN = "countdown"
    OPENING = "opening"


@dataclass(frozen=True)
class Presence:
    """Of one person's seat. `connection` is None until its owner has joined (the opener's seat is there before).

    `awaited`: not connected, and yet no grace runs: a demo host's seat, until they first connect.
    """

    user_id: UUID
    seat: int
    connection: UUID | None
    connection_no: int
    connected: bool = False
    awaited: bool = False


@dataclass(frozen=True)
class PresenceGone:
    """The seat is gone, with its presence and whatever was due for this person."""

    user_id: UUID


@dataclass(frozen=True)
class Due:
    """For the countdown, `user_id` is the host who was lost or is awaited; for the opening, the planned one."""

    kind: Kind
    user_id: UUID
    at: datetime
    seat: int = 0
    connection_no: int = 0


@dataclass(frozen=True)
class NoLongerDue:
    """`user_id` None: whoever it was for. `due_by`: only what was due by then, not what was set meanwhile."""

    kind: Kind
    user_id: UUID | None = None
    due_by: datetime | None = None


@dataclass(frozen=True)
class AllOver:
    """The room has ended: nothing stands beside its log any more."""


Row = Presence | PresenceGone | Due | NoLongerDue | AllOver
Outcome = Decided[RoomFact, Row] | Refused


@dataclass(frozen=True)
class Times:
    """How long things last here."""

    grace: timedelta = timedelta(seconds=60)
    countdown: timedelta = timedelta(seconds=300)
    invitation: timedelta = timedelta(seconds=60)
    invitation_outside: timedelta = timedelta(seconds=600)
    come_back: timedelta = timedelta(seconds=600)
    host_awaited: timedelta = timedelta(minutes=15)


@dataclass(frozen=True)
class Beside:
    """What is handed in with commands: the presence of those they are about, and the house's times.

    `blocks`: (who, whom), as far as it concerns them. `club` is the room's, `members` those of them who belong to it,
    `kept_out` those whom it has banned.
    """

    presence: Mapping[UUID, Presence] = field(default_factory=dict)
    times: Times = field(default_factory=Times)
    blocks: frozenset[tuple[UUID, UUID]] = frozenset()
    club: Club | None = None
    members: frozenset[UUID] = frozenset()
    kept_out: frozenset[UUID] = frozenset()

    def apart(self, one: UUID, other: UUID) -> bool:
        """Whether one of the two has blocked the other."""
        return (one, other) in self.blocks or (other, one) in self.blocks


def after(beside: Beside, rows: Sequence[Row]) -> Beside:
    """What stands beside the log with these rows written."""
    presence = dict(beside.presence)
    for row in rows:
        match row:
            case Presence(user_id=user):
                presence[user] = row
            case PresenceGone(user_id=user):
                presence.pop(user, None)
            case AllOver():
                presence.clear()
            case Due() | NoLongerDue():
                pass
            case _:
                assert_never(row)
    return replace(beside, presence=presence)


def nothing(**result: object) -> Decided[RoomFact, Row]:
    """It is already so."""
    return Decided(result=result)


def happened(*facts: Fact, rows: tuple[Row, ...] = (), **result: object) -> Decided[RoomFact, Row]:
    return Decided(facts, rows, result)  # type: ignore[arg-type]
