"""A room with a host, a listener and facts to come, for tests of what readers make of it."""

from datetime import UTC, datetime
from uuid import uuid4

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_snapshot import RoomSnapshot, Seat
from contracts.rooms import RoomFact

ROOM, HOST, ALICE, BOB = (uuid4() for _ in range(4))

room = RoomSnapshot(
    id=ROOM,
    seq=10,
    name="Jazz at noon",
    host_id=HOST,
    seats={
        HOST: Seat(user_id=HOST, seat=1, role=Role.HOST),
        ALICE: Seat(user_id=ALICE, seat=2, role=Role.AUDIENCE),
        BOB: Seat(user_id=BOB, seat=3, role=Role.AUDIENCE),
    },
)


def told(fact: RoomFact, seq: int) -> Envelope[RoomFact]:
    return Envelope[RoomFact](id=uuid4(), source="/rooms", stream=ROOM, version=seq, at=datetime.now(UTC), fact=fact)
