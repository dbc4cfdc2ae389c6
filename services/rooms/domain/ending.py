"""A room ends: by its host, by an operator, or because nobody has its keys."""

from uuid import UUID

from contracts.roles import Role
from contracts.rooms import EndedReason, LeftReason, ParticipantLeft, RoomEnded
from services.rooms.domain.commands import CountdownDue, End
from services.rooms.domain.refusals import NOT_HOST
from services.rooms.domain.rows import AllOver, Kind, NoLongerDue, Outcome, happened
from services.rooms.domain.state import Room


def end(command: End, room: Room) -> Outcome:
    if room.role_of(command.by) is Role.HOST:
        reason = EndedReason.CANCELLED if room.scheduled else EndedReason.ENDED
    elif command.operator:
        reason = EndedReason.OPERATOR
    else:
        return NOT_HOST
    return ended(room, reason, command.by, command.why)


def countdown_due(command: CountdownDue, room: Room) -> Outcome:
    until = room.public.hostless_until
    if until is None or command.at < until:
        return happened(rows=(NoLongerDue(Kind.COUNTDOWN, due_by=command.at),))
    return ended(room, EndedReason.NO_HOST if room.public.awaited_host_id else EndedReason.HOSTLESS, None)


def ended(room: Room, reason: EndedReason, by: UUID | None, why: str | None = None) -> Outcome:
    """Everybody's seat goes first: nothing follows `RoomEnded`."""
    room_id = room.public.id
    leaving = [
        ParticipantLeft(room_id=room_id, user_id=seat.user_id, seat=seat.seat, reason=LeftReason.ENDED, by=by)
        for seat in sorted(room.public.seats.values(), key=lambda seat: seat.seat)
    ]
    return happened(*leaving, RoomEnded(room_id=room_id, reason=reason, by=by, why=why), rows=(AllOver(),))
