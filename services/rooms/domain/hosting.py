"""The keys: handing them over, taking them, and what becomes of them when the host goes."""

from datetime import datetime
from uuid import UUID

from contracts.room_snapshot import Seat
from contracts.rooms import EndedReason, HostLost, HostTransferred, LeftReason, ParticipantLeft, RoleReason
from services.rooms.domain.blocking import shared_stage
from services.rooms.domain.commands import ChangeRole, Leave
from services.rooms.domain.ending import ended
from services.rooms.domain.refusals import (
    GUEST_SPEAKS,
    HAS_HOST,
    HOST_AWAITED,
    KEYS_NEEDED,
    NEEDS_CONSENT,
    NOT_HOST,
    TARGET_NOT_IN_ROOM,
    YOU_NOT_ON_STAGE,
)
from services.rooms.domain.rows import Beside, Due, Kind, NoLongerDue, Outcome, PresenceGone, Times, happened
from services.rooms.domain.state import Room

COUNTDOWN_OVER = NoLongerDue(Kind.COUNTDOWN)


def host_leaves(command: Leave, room: Room, seat: Seat) -> Outcome:
    """The keys go to whom they name, else to the longest-serving moderator; with nobody on stage the room ends."""
    host = seat.user_id
    heir = command.keys_to or room.longest_serving_moderator()
    if heir is None:
        others = [each for each in room.on_stage() if each.user_id != host]
        return KEYS_NEEDED if others else ended(room, EndedReason.ENDED, host)
    if heir == host:
        return KEYS_NEEDED
    if (target := room.seat(heir)) is None:
        return TARGET_NOT_IN_ROOM
    if not target.role.on_stage:
        return NEEDS_CONSENT
    reason = RoleReason.CHANGED if command.keys_to else RoleReason.HOST_LOST
    handed = HostTransferred(room_id=room.public.id, from_id=host, to_id=heir, reason=reason, by=host)
    return happened(_left(room, seat, LeftReason.LEFT), handed, rows=(PresenceGone(host),))


def host_lost(
    room: Room, seat: Seat, at: datetime, times: Times, reason: LeftReason = LeftReason.LOST, by: UUID | None = None
) -> Outcome:
    """The host is gone. Without a moderator everybody sees a countdown; anyone on stage may take the keys."""
    room_id, host, heir = room.public.id, seat.user_id, room.longest_serving_moderator()
    left, gone = _left(room, seat, reason, by), PresenceGone(host)
    if heir:
        handed = HostTransferred(room_id=room_id, from_id=host, to_id=heir, reason=RoleReason.HOST_LOST)
        return happened(left, handed, rows=(gone,))
    ends_at = at + times.countdown
    lost = HostLost(room_id=room_id, user_id=host, ends_at=ends_at)
    return happened(left, lost, rows=(gone, Due(Kind.COUNTDOWN, host, ends_at)))


def take_keys(command: ChangeRole, room: Room, seat: Seat, beside: Beside) -> Outcome:
    """The host who was lost may have them back for a while; without a host, anyone on stage may.

    A room that opened by itself waits for its host; in a club's room any of the club's admins will do.
    """
    if seat.guest:
        return GUEST_SPEAKS
    if room.public.awaited_host_id:
        if not (beside.club and beside.club.hosts(command.by)):
            return HOST_AWAITED
    elif not room.may_have_keys_back(command.by, command.at):
        if room.public.host_id is not None:
            return HAS_HOST
        if not seat.role.on_stage:
            return YOU_NOT_ON_STAGE
    return _handed(room, room.public.host_id, seat, RoleReason.TOOK_KEYS, command, beside)


def hand_over(command: ChangeRole, room: Room, target: Seat, beside: Beside) -> Outcome:
    if command.by != room.public.host_id:
        return NOT_HOST
    if not target.role.on_stage:
        return NEEDS_CONSENT
    return _handed(room, command.by, target, RoleReason.CHANGED, command, beside)


def _handed(
    room: Room, former: UUID | None, to: Seat, reason: RoleReason, command: ChangeRole, beside: Beside
) -> Outcome:
    handed = HostTransferred(
        room_id=room.public.id, from_id=former, to_id=to.user_id, reason=reason, by=command.by, why=command.why
    )
    together = [] if to.role.on_stage else shared_stage(to.user_id, room, beside)
    return happened(handed, *together, rows=(COUNTDOWN_OVER,))


def _left(room: Room, seat: Seat, reason: LeftReason, by: UUID | None = None) -> ParticipantLeft:
    return ParticipantLeft(room_id=room.public.id, user_id=seat.user_id, seat=seat.seat, reason=reason, by=by)
