"""The keys: who gets them when the host is gone, taking them, handing them over, and the end when nobody does."""

from datetime import datetime
from uuid import UUID

from contracts.base import Fact
from contracts.room_snapshot import Seat
from contracts.rooms import EndedReason, HostLost, HostTransferred, LeftReason, ParticipantLeft, RoleReason, RoomEnded
from services.rooms.domain.commands import ChangeRole, CountdownDue
from services.rooms.domain.opening import ended
from services.rooms.domain.refusals import GUEST_SPEAKS, HAS_HOST, NEEDS_CONSENT, NOT_HOST, YOU_NOT_ON_STAGE
from services.rooms.domain.rows import (
    AllOver,
    Due,
    Kind,
    NoLongerDue,
    Outcome,
    Row,
    Times,
    happened,
)
from services.rooms.domain.state import Room

COUNTDOWN_OVER = NoLongerDue(Kind.COUNTDOWN)


def without(
    room: Room, seat: Seat, facts: tuple[Fact, ...], rows: tuple[Row, ...], at: datetime, times: Times
) -> Outcome:
    """Somebody goes, as `facts` (the last one their `ParticipantLeft`) and `rows` say. If it was the host: what now?"""
    if seat.user_id != room.public.host_id:
        return happened(*facts, rows=rows)
    heir, room_id = room.longest_serving_moderator(), room.public.id
    if heir:
        reason = RoleReason.HOST_LOST
        return happened(
            *facts, HostTransferred(room_id=room_id, from_id=seat.user_id, to_id=heir, reason=reason), rows=rows
        )
    left = facts[-1]
    alone = len(room.public.seats) == 1
    if alone and isinstance(left, ParticipantLeft) and left.reason is LeftReason.LEFT:
        over = RoomEnded(room_id=room_id, reason=EndedReason.ENDED, by=seat.user_id)
        return happened(*facts, over, rows=(AllOver(),))
    ends_at = at + times.countdown
    lost = HostLost(room_id=room_id, user_id=seat.user_id, ends_at=ends_at)
    return happened(*facts, lost, rows=(*rows, Due(Kind.COUNTDOWN, seat.user_id, ends_at)))


def take_keys(command: ChangeRole, room: Room, seat: Seat) -> Outcome:
    """The host who was lost may have them back for a while; without a host, anyone on stage may."""
    former = room.former_host
    theirs = former and former.user_id == command.by and (former.until is None or command.at <= former.until)
    if not theirs:
        if room.public.host_id is not None:
            return HAS_HOST
        if not seat.role.on_stage:
            return YOU_NOT_ON_STAGE
    if seat.guest:
        return GUEST_SPEAKS
    return _handed(room, room.public.host_id, command.by, RoleReason.TOOK_KEYS, command.by)


def hand_over(command: ChangeRole, room: Room, target: Seat) -> Outcome:
    if command.by != room.public.host_id:
        return NOT_HOST
    if not target.role.on_stage:
        return NEEDS_CONSENT
    return _handed(room, command.by, target.user_id, RoleReason.CHANGED, command.by)


def countdown_due(command: CountdownDue, room: Room) -> Outcome:
    until = room.public.hostless_until
    if until is None or command.at < until:
        return happened(rows=(NoLongerDue(Kind.COUNTDOWN, due_by=command.at),))
    return ended(room, EndedReason.HOSTLESS, None)


def _handed(room: Room, former: UUID | None, to: UUID, reason: RoleReason, by: UUID) -> Outcome:
    handed = HostTransferred(room_id=room.public.id, from_id=former, to_id=to, reason=reason, by=by)
    return happened(handed, rows=(COUNTDOWN_OVER,))
