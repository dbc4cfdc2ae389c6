"""Opening a room, and ending it."""

from uuid import UUID

from contracts.rooms import EndedReason, LeftReason, ParticipantLeft, RoomEnded, RoomOpened
from services.rooms.domain.commands import End, OpenRoom
from services.rooms.domain.refusals import GUEST_OPENS, ID_TAKEN, NOT_CLUB_ADMIN, NOT_HOST
from services.rooms.domain.rows import AllOver, Beside, Due, Kind, Outcome, Presence, Row, happened, nothing
from services.rooms.domain.state import Room

OPENERS_SEAT = 1  # the number of the first fact


def open_room(command: OpenRoom, room: Room, beside: Beside) -> Outcome:
    result = {"id": str(command.room_id)}
    if room.opened:
        return nothing(**result, created=False) if command.seeded and _is_the_same(command, room) else ID_TAKEN
    if command.guest:
        return GUEST_OPENS
    if command.club and not command.club.hosts(command.host_id):
        return NOT_CLUB_ADMIN
    opened = RoomOpened(
        room_id=command.room_id,
        host_id=command.host_id,
        name=command.name,
        club_id=command.club.club_id if command.club else None,
        topic_id=command.club.topic_id if command.club else command.topic_id,
        policy=command.policy,
    )
    rows: list[Row] = [Presence(command.host_id, OPENERS_SEAT, None, 0, awaited=command.seeded)]
    if not command.seeded:
        rows.append(Due(Kind.GRACE, command.host_id, command.at + beside.times.grace, OPENERS_SEAT))
    return happened(opened, rows=tuple(rows), **result, created=True)


def end(command: End, room: Room) -> Outcome:
    if command.by != room.public.host_id:
        return NOT_HOST
    return ended(room, EndedReason.ENDED, command.by)


def ended(room: Room, reason: EndedReason, by: UUID | None) -> Outcome:
    """Everybody's seat goes first: nothing follows `RoomEnded`."""
    room_id = room.public.id
    leaving = [
        ParticipantLeft(room_id=room_id, user_id=seat.user_id, seat=seat.seat, reason=LeftReason.ENDED, by=by)
        for seat in room.public.seats.values()
    ]
    return happened(*leaving, RoomEnded(room_id=room_id, reason=reason, by=by), rows=(AllOver(),))


def _is_the_same(command: OpenRoom, room: Room) -> bool:
    """Also after the host has left or the room has ended: it was loaded before."""
    club_id = command.club.club_id if command.club else None
    return (room.opened_by, room.public.name, room.public.club_id) == (command.host_id, command.name, club_id)
