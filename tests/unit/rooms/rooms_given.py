"""Given these facts, when this is asked, then that: the words of the rules' tests."""

from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any
from uuid import UUID, uuid4

from contracts.base import Envelope
from contracts.problems import Code
from contracts.roles import Role
from contracts.rooms import ParticipantJoined, RoleChanged, RoleReason, RoomFact, RoomOpened
from services.kit.decisions import Decided, Refused
from services.rooms.domain.commands import Command
from services.rooms.domain.deciding import decide
from services.rooms.domain.rows import Beside, Presence, Row
from services.rooms.domain.state import Room, evolve, initial

ROOM, HOST, MIA, SAM, ANA, GUEST = (uuid4() for _ in range(6))
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
CONNECTION, OTHER = uuid4(), uuid4()

opened = RoomOpened(room_id=ROOM, host_id=HOST, name="Jazz at noon")


def joined(user: UUID, guest: bool = False) -> ParticipantJoined:
    return ParticipantJoined(room_id=ROOM, user_id=user, guest=guest)


def now_is(user: UUID, role: Role) -> RoleChanged:
    return RoleChanged(room_id=ROOM, user_id=user, role=role, reason=RoleReason.CHANGED)


def given(*history: RoomFact) -> Room:
    envelopes = (
        Envelope[RoomFact](id=uuid4(), source="/rooms", stream=ROOM, version=version, at=NOON, fact=fact)
        for version, fact in enumerate(history, 1)
    )
    return reduce(evolve, envelopes, initial(ROOM))


FULL_HOUSE = (
    opened,  # seat 1: HOST
    joined(MIA),
    joined(SAM),
    joined(ANA),
    joined(GUEST, guest=True),
    now_is(MIA, Role.MODERATOR),
    now_is(SAM, Role.SPEAKER),
)  # ANA and GUEST listen


def full_house(*more: RoomFact) -> Room:
    return given(*FULL_HOUSE, *more)


def present(user: UUID, seat: int, number: int = 1, connected: bool = True, connection: UUID = CONNECTION) -> Beside:
    return Beside({user: Presence(user, seat, connection, number, connected)})


def when(command: Command, room: Room, beside: Beside | None = None) -> Decided[RoomFact, Row] | Refused:
    return decide(command, room, beside or Beside())


def facts(outcome: Decided[RoomFact, Row] | Refused) -> tuple[RoomFact, ...]:
    assert isinstance(outcome, Decided), outcome
    return outcome.facts


def rows(outcome: Decided[RoomFact, Row] | Refused) -> tuple[Row, ...]:
    assert isinstance(outcome, Decided), outcome
    return outcome.rows


def result(outcome: Decided[RoomFact, Row] | Refused) -> dict[str, Any]:
    assert isinstance(outcome, Decided), outcome
    return dict(outcome.result)


def code(outcome: Decided[RoomFact, Row] | Refused) -> Code:
    assert isinstance(outcome, Refused), outcome
    return outcome.code


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)
