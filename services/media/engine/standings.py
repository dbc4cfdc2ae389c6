"""What a room's facts say of its seats: from snapshots of the room to standings for the gate."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_fold import fold
from contracts.room_snapshot import RoomSnapshot, Seat
from contracts.rooms import HostTransferred, RoomFact
from services.media.engine.gate import Standing


def everyone(room: RoomSnapshot) -> list[Standing]:
    return [_standing(seat, room.seq) for seat in room.seats.values()]


def changes(before: RoomSnapshot, after: RoomSnapshot) -> list[Standing]:
    """The seats that are new, different or gone."""
    still = {seat.seat for seat in after.seats.values()}
    told = [_standing(seat, after.seq) for user, seat in after.seats.items() if before.seats.get(user) is not seat]
    gone = [seat for seat in before.seats.values() if seat.seat not in still]
    return told + [Standing(seat.seat, None, muted=False, seq=after.seq) for seat in gone]


def brought_up_to_date(
    standing: Standing, room_id: UUID, user_id: UUID, facts: Iterable[Envelope[RoomFact]]
) -> Standing:
    """`standing` after those of `facts`, in order of their seq, that follow it without a gap.

    The room is folded as if nobody else were in it: what others do moves no one's role but through facts that say so.
    """
    if standing.role is None:
        return standing
    seat = Seat(user_id=user_id, seat=standing.seat, role=standing.role, muted=standing.muted)
    room = RoomSnapshot(id=room_id, seq=standing.seq, seats={user_id: seat})
    for envelope in facts:
        if envelope.seq == room.seq + 1:
            room = fold(_with_strangers(room, envelope.fact), envelope)
    now = room.seats.get(user_id)
    if now is None or now.seat != standing.seat:
        return replace(standing, role=None, muted=False, seq=room.seq)
    return _standing(now, room.seq)


def _with_strangers(room: RoomSnapshot, fact: RoomFact) -> RoomSnapshot:
    """The room with everyone in it whose role the fact may change."""
    named = {fact.to_id} if isinstance(fact, HostTransferred) else {getattr(fact, "user_id", None)}
    strangers = {
        user: Seat(user_id=user, seat=0, role=Role.AUDIENCE) for user in named if user and user not in room.seats
    }
    return room.model_copy(update={"seats": room.seats.update(strangers)}) if strangers else room


def _standing(seat: Seat, seq: int) -> Standing:
    return Standing(seat.seat, seat.role, seat.muted, seq)
