"""A room's life: planned, open, changed, ended; and who has the keys."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.base import Fact
from contracts.rooms.policy import Policy
from contracts.rooms.reasons import EndedReason, RoleReason


class RoomScheduled(Fact):
    """Planned: it opens by its host, or by itself at `scheduled_for`."""

    type: Literal["room.scheduled.v1"] = "room.scheduled.v1"
    room_id: UUID
    host_id: UUID
    name: str
    club_id: UUID | None = None
    topic_id: UUID | None = None
    policy: Policy = Policy()
    scheduled_for: datetime


class RoomRescheduled(Fact):
    type: Literal["room.rescheduled.v1"] = "room.rescheduled.v1"
    room_id: UUID
    scheduled_for: datetime
    by: UUID


class RoomOpened(Fact):
    """The door is open; the opener sits in seat `ce_sequence` as HOST.

    With `host_awaited_until` it opened by itself: nobody sits there yet, and it ends then unless its host comes.
    """

    type: Literal["room.opened.v1"] = "room.opened.v1"
    room_id: UUID
    host_id: UUID
    name: str
    club_id: UUID | None = None
    topic_id: UUID | None = None
    policy: Policy = Policy()
    host_awaited_until: datetime | None = None


class RoomRenamed(Fact):
    type: Literal["room.renamed.v1"] = "room.renamed.v1"
    room_id: UUID
    name: str
    by: UUID


class RoomPolicyChanged(Fact):
    type: Literal["room.policy_changed.v1"] = "room.policy_changed.v1"
    room_id: UUID
    policy: Policy
    by: UUID


class HostLost(Fact):
    """The host is gone and no moderator can take over: the room ends at `ends_at` unless someone takes the keys."""

    type: Literal["room.host_lost.v1"] = "room.host_lost.v1"
    room_id: UUID
    user_id: UUID
    ends_at: datetime


class HostTransferred(Fact):
    """The keys went from one to another; the former host, if still in the room, is a moderator now."""

    type: Literal["room.host_transferred.v1"] = "room.host_transferred.v1"
    room_id: UUID
    from_id: UUID | None
    to_id: UUID
    reason: RoleReason
    by: UUID | None = None
    why: str | None = None


class RoomEnded(Fact):
    """Nothing follows it."""

    type: Literal["room.ended.v1"] = "room.ended.v1"
    room_id: UUID
    reason: EndedReason
    by: UUID | None = None
    why: str | None = None
