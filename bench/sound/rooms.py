"""Rooms with their people, as rooms' own log has them: media asks their owner who may speak, as it always does."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bench.rooms import written
from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_fold import fold
from contracts.room_snapshot import RoomSnapshot, Seat
from contracts.rooms import ParticipantJoined, RoleChanged, RoleReason, RoomFact, RoomOpened
from services.kit.database import Database
from services.kit.ids import new_id, now


@dataclass(frozen=True)
class Place:
    """One person's, with all that signalling says of it to media."""

    room_id: UUID
    seat: Seat
    seq: int


async def room_of(database: Database, speakers: int, listeners: int) -> Sequence[Place]:
    """A new room; those who may speak come first."""
    room, host, *others = (new_id() for _ in range(1 + speakers + listeners))
    facts: list[RoomFact] = [RoomOpened(room_id=room, host_id=host, name="A benchmark")]
    facts += [ParticipantJoined(room_id=room, user_id=user) for user in others]
    facts += [
        RoleChanged(room_id=room, user_id=user, role=Role.SPEAKER, reason=RoleReason.CHANGED)
        for user in others[: speakers - 1]
    ]
    await written(database, room, facts)
    return _places(room, facts, (host, *others))


def _places(room: UUID, facts: Sequence[RoomFact], users: Sequence[UUID]) -> list[Place]:
    snapshot = RoomSnapshot(id=room)
    for version, fact in enumerate(facts, 1):
        told = Envelope[RoomFact](id=new_id(), source="/rooms", stream=room, version=version, at=now(), fact=fact)
        snapshot = fold(snapshot, told)
    return [Place(room, snapshot.seats[user], snapshot.seq) for user in users]
