"""What the directory tells about people, and what becomes of their seats."""

from contracts.roles import Role
from contracts.rooms import GuestRegistered, LeftReason, ParticipantLeft
from services.rooms.domain.commands import BannedByClub, Erased, Registered
from services.rooms.domain.hosting import host_lost
from services.rooms.domain.rows import Beside, Outcome, PresenceGone, happened, nothing
from services.rooms.domain.state import Room


def banned_by_club(command: BannedByClub, room: Room, beside: Beside) -> Outcome:
    """Out of the club's rooms at once. That they stay out is the club's word, asked for at the door."""
    if room.public.club_id != command.club_id:
        return nothing()
    return _goes(command, LeftReason.BANNED, room, beside)


def registered(command: Registered, room: Room) -> Outcome:
    """A guest with an account now may do what members may, in the very seat."""
    seat = room.seat(command.user_id)
    if seat is None or not seat.guest:
        return nothing()
    return happened(GuestRegistered(room_id=room.public.id, user_id=command.user_id))


def erased(command: Erased, room: Room, beside: Beside) -> Outcome:
    return _goes(command, LeftReason.LEFT, room, beside)


def _goes(command: BannedByClub | Erased, reason: LeftReason, room: Room, beside: Beside) -> Outcome:
    seat, by = room.seat(command.user_id), command.by if isinstance(command, BannedByClub) else None
    if seat is None:
        return nothing()
    if seat.role is Role.HOST:
        return host_lost(room, seat, command.at, beside.times, reason, by)
    left = ParticipantLeft(room_id=room.public.id, user_id=seat.user_id, seat=seat.seat, reason=reason, by=by)
    return happened(left, rows=(PresenceGone(seat.user_id),))
