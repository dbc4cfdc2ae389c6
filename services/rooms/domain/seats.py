"""Taking a seat, keeping it over reconnects, giving it up. Its number is the version of the fact that made it."""

from datetime import datetime

from contracts.room_snapshot import Seat
from contracts.rooms import LeftReason, ParticipantJoined, ParticipantLeft
from services.rooms.domain.commands import Connected, Disconnected, GraceDue, Join, Leave
from services.rooms.domain.hosting import without
from services.rooms.domain.refusals import ELSEWHERE, removed
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
    until = room.removed_until.get(command.user_id)
    if until and command.at < until:
        return removed(until)
    joined = ParticipantJoined(room_id=room.public.id, user_id=command.user_id, guest=command.guest)
    number = room.public.seq + 1
    return happened(joined, rows=_taken(command, number, 1, beside), seat=number, connection_no=1)


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
    return _goes(room, seat, LeftReason.LEFT, command.at, beside)


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
    return _goes(room, seat, LeftReason.LOST, command.at, beside)


def _goes(room: Room, seat: Seat, reason: LeftReason, at: datetime, beside: Beside) -> Outcome:
    left = ParticipantLeft(room_id=room.public.id, user_id=seat.user_id, seat=seat.seat, reason=reason)
    return without(room, seat, (left,), (PresenceGone(seat.user_id),), at, beside.times)


def _current(command: Connected | Disconnected | GraceDue, beside: Beside) -> Presence | None:
    """The presence, if the command speaks of the seat and connection that it is about."""
    present = beside.presence.get(command.user_id)
    same = present and (present.seat, present.connection_no) == (command.seat, command.connection_no)
    return present if same else None
