"""Taking a seat, keeping it over reconnects, giving it up. Its number is the version of the fact that made it."""

from contracts.base import Fact
from contracts.roles import Role
from contracts.room_snapshot import Seat
from contracts.rooms import HostTransferred, LeftReason, ParticipantJoined, ParticipantLeft, RoleReason
from services.kit.decisions import Refused
from services.rooms.domain.blocking import hands_hidden, shared_stage
from services.rooms.domain.commands import Connected, Disconnected, GraceDue, Join, Leave
from services.rooms.domain.entering import admit
from services.rooms.domain.hosting import COUNTDOWN_OVER, host_leaves, host_lost
from services.rooms.domain.notes import on_return
from services.rooms.domain.refusals import ELSEWHERE
from services.rooms.domain.rows import (
    Beside,
    Due,
    Kind,
    NoLongerDue,
    Outcome,
    Presence,
    PresenceGone,
    Row,
    happened,
    nothing,
)
from services.rooms.domain.state import Room


def join(command: Join, room: Room, beside: Beside) -> Outcome:
    seat = room.seat(command.user_id)
    if seat:
        return _rejoin(command, seat, beside)
    admission = admit(command, room, beside)
    if isinstance(admission, Refused):
        return admission
    room_id, user, number = room.public.id, command.user_id, room.public.seq + 1
    facts: list[Fact] = [
        ParticipantJoined(
            room_id=room_id,
            user_id=user,
            guest=command.guest,
            invited_by=admission.invited_by,
            device=command.device,
        ),
        *hands_hidden(user, room, beside),
    ]
    rows = _taken(command, number, 1, beside)
    if room.public.awaited_host_id == user:
        facts += [
            HostTransferred(room_id=room_id, from_id=None, to_id=user, reason=RoleReason.ARRIVED, by=user),
            *shared_stage(user, room, beside),
        ]
        rows = (*rows, COUNTDOWN_OVER)
    note = on_return(room, user, command.at)
    said = {"note": note} if note else {}
    return happened(*facts, rows=rows, seat=number, connection_no=1, **said)


def _rejoin(command: Join, seat: Seat, beside: Beside) -> Outcome:
    """The seat lives: no fact. The same connection repeats itself; another one takes it over when it may.

    Whoever is not connected has the whole grace again, to use the tickets that the answer carries.
    """
    present = beside.presence.get(command.user_id)
    number = present.connection_no if present else 0
    same = present is not None and present.connection == command.connection
    if present and present.connected and same:
        return nothing(seat=seat.seat, connection_no=number)
    if present and present.connected and not command.takeover:
        return ELSEWHERE
    number += 0 if same else 1
    return happened(rows=_taken(command, seat.seat, number, beside), seat=seat.seat, connection_no=number)


def _taken(command: Join, seat: int, connection_no: int, beside: Beside) -> tuple[Row, ...]:
    before = beside.presence.get(command.user_id)
    awaited = before is not None and before.awaited
    present = Presence(command.user_id, seat, command.connection, connection_no, awaited=awaited)
    if awaited:
        return (present,)
    return (present, Due(Kind.GRACE, command.user_id, command.at + beside.times.grace, seat, connection_no))


def leave(command: Leave, room: Room, beside: Beside) -> Outcome:
    seat, present = room.seat(command.user_id), beside.presence.get(command.user_id)
    if seat is None:
        return nothing()
    if command.connection and present and present.connection not in (None, command.connection):
        return nothing()  # another tab has the seat
    return host_leaves(command, room, seat) if seat.role is Role.HOST else _goes(room, seat, LeftReason.LEFT)


def connected(command: Connected, room: Room, beside: Beside) -> Outcome:
    present = _current(command, beside)
    if present is None:
        return nothing(counted="late")
    present = Presence(command.user_id, present.seat, present.connection, present.connection_no, connected=True)
    return happened(rows=(present, NoLongerDue(Kind.GRACE, command.user_id)))


def disconnected(command: Disconnected, room: Room, beside: Beside) -> Outcome:
    """Of the current connection only: the end of an older one says nothing about the seat."""
    present = _current(command, beside)
    if present is None or not present.connected:
        return nothing(counted="late")
    due = Due(Kind.GRACE, command.user_id, command.at + beside.times.grace, present.seat, present.connection_no)
    present = Presence(command.user_id, present.seat, present.connection, present.connection_no)
    return happened(rows=(present, due))


def grace_due(command: GraceDue, room: Room, beside: Beside) -> Outcome:
    """Checked again, now that it is time: whoever came back meanwhile keeps the seat."""
    seat, present = room.seat(command.user_id), _current(command, beside)
    if seat is None or present is None or present.connected:
        return happened(rows=(NoLongerDue(Kind.GRACE, command.user_id, command.at),))
    if seat.role is Role.HOST:
        return host_lost(room, seat, command.at, beside.times)
    return _goes(room, seat, LeftReason.LOST)


def _goes(room: Room, seat: Seat, reason: LeftReason) -> Outcome:
    left = ParticipantLeft(room_id=room.public.id, user_id=seat.user_id, seat=seat.seat, reason=reason)
    return happened(left, rows=(PresenceGone(seat.user_id),))


def _current(command: Connected | Disconnected | GraceDue, beside: Beside) -> Presence | None:
    """The presence, if the command speaks of the seat and connection that it is about."""
    present = beside.presence.get(command.user_id)
    same = present and (present.seat, present.connection_no) == (command.seat, command.connection_no)
    return present if same else None
