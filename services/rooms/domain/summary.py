"""What a room was: how long, how many, who spoke. A fold of its facts, like everything else that is known of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from contracts.base import Envelope
from contracts.rooms import (
    EndedReason,
    HostTransferred,
    ParticipantJoined,
    RoleChanged,
    RoomEnded,
    RoomFact,
    RoomOpened,
)


@dataclass(frozen=True)
class Summary:
    """`joins` counts seats, so somebody who comes twice counts twice. `peak`: the most people at one time."""

    started_at: datetime | None = None
    ended_at: datetime | None = None
    ended: EndedReason | None = None
    joins: int = 0
    peak: int = 0
    speakers: frozenset[UUID] = frozenset()  # whoever was on stage

    def lasted(self, now: datetime) -> timedelta:
        """So far, or in all."""
        return (self.ended_at or now) - self.started_at if self.started_at else timedelta()


def summed_up(summary: Summary, envelope: Envelope[RoomFact], present: int) -> Summary:
    """The summary after one more fact, with so many people in the room after it."""
    match envelope.fact:
        case RoomOpened(host_id=host, host_awaited_until=awaited):
            opened = replace(summary, started_at=envelope.at)
            return opened if awaited else _spoke(replace(opened, joins=1, peak=1), host)
        case ParticipantJoined():
            return replace(summary, joins=summary.joins + 1, peak=max(summary.peak, present))
        case RoleChanged(user_id=user, role=role) if role.on_stage:
            return _spoke(summary, user)
        case HostTransferred(to_id=user):
            return _spoke(summary, user)
        case RoomEnded(reason=reason):
            return replace(summary, ended_at=envelope.at, ended=reason)
        case _:
            return summary


def _spoke(summary: Summary, user: UUID) -> Summary:
    return summary if user in summary.speakers else replace(summary, speakers=summary.speakers | {user})
