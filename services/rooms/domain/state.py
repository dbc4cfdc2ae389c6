"""The state of a room: what everybody may know of it, and the little more that decisions need."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_fold import fold
from contracts.room_snapshot import RoomSnapshot, RoomState, Seat
from contracts.rooms import (
    HostLost,
    HostTransferred,
    ParticipantLeft,
    ParticipantRemoved,
    RoleChanged,
    RoleReason,
    RoomFact,
    RoomOpened,
)

KEYS_BACK = timedelta(minutes=10)  # so long after a handover a host who returns may take the keys back


@dataclass(frozen=True)
class FormerHost:
    """Who was lost as host, and until when they may have the keys back (None: as long as nobody has them)."""

    user_id: UUID
    until: datetime | None


@dataclass(frozen=True)
class Room:
    public: RoomSnapshot
    removed_until: Mapping[UUID, datetime] = field(default_factory=dict)
    moderator_since: Mapping[UUID, int] = field(default_factory=dict)  # the version that made them so
    former_host: FormerHost | None = None
    opened_by: UUID | None = None

    @property
    def opened(self) -> bool:
        return self.public.seq > 0

    @property
    def ended(self) -> bool:
        return self.public.state is RoomState.ENDED

    def seat(self, user: UUID) -> Seat | None:
        return self.public.seats.get(user)

    def longest_serving_moderator(self) -> UUID | None:
        serving = {user: since for user, since in self.moderator_since.items() if user in self.public.seats}
        return min(serving, key=lambda user: serving[user], default=None)


def initial(room_id: UUID) -> Room:
    return Room(RoomSnapshot(id=room_id))


def evolve(room: Room, envelope: Envelope[RoomFact]) -> Room:
    """The room after one more fact. What is public is folded by the one fold of every reader."""
    room = replace(room, public=fold(room.public, envelope))
    match envelope.fact:
        case RoomOpened(host_id=host):
            return replace(room, opened_by=host)
        case RoleChanged(user_id=user, role=role):
            return _with_moderator(room, user, envelope.seq if role is Role.MODERATOR else None)
        case ParticipantRemoved(user_id=user, until=until):
            return replace(room, removed_until={**room.removed_until, user: until})
        case ParticipantLeft(user_id=user):
            return _with_moderator(room, user, None)
        case HostLost(user_id=user):
            return replace(room, former_host=FormerHost(user, None))
        case HostTransferred() as handover:
            return _handed_over(room, handover, envelope)
        case _:
            return room


def _handed_over(room: Room, handover: HostTransferred, envelope: Envelope[RoomFact]) -> Room:
    """Whoever was lost as host may have the keys back for a while, from whomever they went to."""
    lost = (
        handover.from_id if handover.reason is RoleReason.HOST_LOST else room.former_host and room.former_host.user_id
    )
    back = FormerHost(lost, envelope.at + KEYS_BACK) if lost and lost != handover.to_id else None
    room = replace(room, former_host=None if handover.reason is RoleReason.CHANGED else back)
    room = _with_moderator(room, handover.to_id, None)
    former = handover.from_id
    return _with_moderator(room, former, envelope.seq) if former in room.public.seats and former else room


def _with_moderator(room: Room, user: UUID, since: int | None) -> Room:
    others = {other: version for other, version in room.moderator_since.items() if other != user}
    return replace(room, moderator_since=others if since is None else {**others, user: since})
