"""The state of a room: what everybody may know of it, and the little more that decisions need."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID

from immutables import Map

from contracts.base import Envelope
from contracts.maps import AsMap
from contracts.roles import Role
from contracts.room_fold import fold
from contracts.room_snapshot import RoomSnapshot, RoomState, Seat
from contracts.rooms import (
    BanLifted,
    HostLost,
    HostTransferred,
    LeftReason,
    ParticipantBanned,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantRemoved,
    RoleChanged,
    RoleReason,
    RoomFact,
    RoomOpened,
    RoomPolicyChanged,
    RoomScheduled,
)
from services.rooms.domain.summary import Summary, summed_up

Devices = Annotated[Map[UUID, str], AsMap()]
KEYS_BACK = timedelta(minutes=10)  # so long after a handover a host who returns may take the keys back
V = TypeVar("V")


@dataclass(frozen=True)
class FormerHost:
    """Who was lost as host, and until when they may have the keys back (None: as long as nobody has them)."""

    user_id: UUID
    until: datetime | None


@dataclass(frozen=True)
class GivenUp:
    """What somebody was when their seat went: whoever comes back is told why they are a listener now."""

    role: Role
    reason: LeftReason


@dataclass(frozen=True)
class Room:
    public: RoomSnapshot
    removed_until: Mapping[UUID, datetime] = field(default_factory=dict)
    banned: Mapping[UUID, str | None] = field(default_factory=dict)  # with the device they had here
    devices: Devices = field(default_factory=Map)  # of whoever has been here with one
    admitted: frozenset[UUID] = frozenset()  # to a private room: whoever has been in it
    moderator_since: Mapping[UUID, int] = field(default_factory=dict)  # the version that made them so
    given_up: Mapping[UUID, GivenUp] = field(default_factory=dict)
    former_host: FormerHost | None = None
    opened_by: UUID | None = None
    summary: Summary = field(default_factory=Summary)

    @property
    def begun(self) -> bool:
        """Planned or opened: there is such a room."""
        return self.public.seq > 0

    @property
    def scheduled(self) -> bool:
        return self.begun and self.public.state is RoomState.SCHEDULED

    @property
    def ended(self) -> bool:
        return self.public.state is RoomState.ENDED

    def seat(self, user: UUID) -> Seat | None:
        return self.public.seats.get(user)

    def role_of(self, user: UUID) -> Role | None:
        """In which role they act. The host of a planned room has no seat yet, and is its host all the same."""
        planned = user == (self.public.host_id if self.scheduled else self.public.awaited_host_id)
        return Role.HOST if planned else self.public.role_of(user)

    def reads_as(self, user: UUID) -> Role | None:
        """In which role they read what was: of a room that has ended, host and moderators were so to its end."""
        given_up = self.given_up.get(user)
        to_the_end = self.ended and given_up is not None and given_up.reason is LeftReason.ENDED
        return given_up.role if given_up and to_the_end else self.role_of(user)

    def on_stage(self) -> list[Seat]:
        return [seat for seat in self.public.seats.values() if seat.role.on_stage]

    def may_have_keys_back(self, user: UUID, at: datetime) -> bool:
        former = self.former_host
        return former is not None and former.user_id == user and (former.until is None or at <= former.until)

    def longest_serving_moderator(self) -> UUID | None:
        serving = {user: since for user, since in self.moderator_since.items() if user in self.public.seats}
        return min(serving, key=lambda user: serving[user], default=None)


def initial(room_id: UUID) -> Room:
    return Room(RoomSnapshot(id=room_id))


def evolve(room: Room, envelope: Envelope[RoomFact]) -> Room:
    """The room after one more fact. What is public is folded by the one fold of every reader."""
    before, public = room.public, fold(room.public, envelope)
    summary = summed_up(room.summary, envelope, len(public.seats))
    return replace(room, public=public, summary=summary, **_kept_besides(room, before, public, envelope))


def _kept_besides(
    room: Room, before: RoomSnapshot, public: RoomSnapshot, envelope: Envelope[RoomFact]
) -> dict[str, Any]:
    match envelope.fact:
        case RoomScheduled(host_id=host) | RoomOpened(host_id=host):
            return {
                "opened_by": host,
                "admitted": frozenset({host}) if public.policy.enter == "private" else frozenset(),
            }
        case RoomPolicyChanged(policy=policy):
            return {"admitted": frozenset(public.seats) if policy.enter == "private" else frozenset()}
        case ParticipantJoined() as joined:
            return _came(room, joined)
        case ParticipantLeft(user_id=user, reason=reason):
            role = before.seats[user].role
            given_up = {**room.given_up, user: GivenUp(role, reason)} if role.moderates else room.given_up
            return {"moderator_since": _without(room.moderator_since, user), "given_up": given_up}
        case RoleChanged(user_id=user, role=role):
            return {"moderator_since": _since(room.moderator_since, user, role, envelope.seq)}
        case ParticipantRemoved(user_id=user, until=until):
            return {"removed_until": {**room.removed_until, user: until}}
        case ParticipantBanned(user_id=user):
            return {"banned": {**room.banned, user: room.devices.get(user)}, "admitted": room.admitted - {user}}
        case BanLifted(user_id=user):
            return {"banned": _without(room.banned, user), "removed_until": _without(room.removed_until, user)}
        case HostLost(user_id=user):
            return {"former_host": FormerHost(user, None)}
        case HostTransferred() as handover:
            return _handed_over(room, handover, envelope)
        case _:
            return {}


def _came(room: Room, joined: ParticipantJoined) -> dict[str, Any]:
    user, kept = joined.user_id, dict[str, Any]()
    if joined.device:
        kept["devices"] = room.devices.set(user, joined.device)
    if room.public.policy.enter == "private":
        kept["admitted"] = room.admitted | {user}
    if user in room.given_up:
        kept["given_up"] = _without(room.given_up, user)
    if user in room.removed_until:
        kept["removed_until"] = _without(room.removed_until, user)
    return kept


def _handed_over(room: Room, handover: HostTransferred, envelope: Envelope[RoomFact]) -> dict[str, Any]:
    """Whoever was lost as host may have the keys back for a while, from whomever they went to."""
    lost = (
        handover.from_id if handover.reason is RoleReason.HOST_LOST else room.former_host and room.former_host.user_id
    )
    back = FormerHost(lost, envelope.at + KEYS_BACK) if lost and lost != handover.to_id else None
    since, former = _without(room.moderator_since, handover.to_id), handover.from_id
    if former and former in room.public.seats:
        since = {**since, former: envelope.seq}
    return {
        "former_host": None if handover.reason is RoleReason.CHANGED else back,
        "moderator_since": since,
    }


def _since(serving: Mapping[UUID, int], user: UUID, role: Role, seq: int) -> Mapping[UUID, int]:
    others = _without(serving, user)
    return {**others, user: seq} if role is Role.MODERATOR else others


def _without(rows: Mapping[UUID, V], user: UUID) -> Mapping[UUID, V]:
    return {other: row for other, row in rows.items() if other != user} if user in rows else rows
