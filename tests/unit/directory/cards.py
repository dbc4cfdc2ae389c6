"""A room's card after some facts."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from contracts.base import Envelope
from contracts.roles import Role
from contracts.rooms import (
    LeftReason,
    ParticipantJoined,
    ParticipantLeft,
    RoleChanged,
    RoleReason,
    RoomFact,
    RoomOpened,
    RoomScheduled,
    SpeakerInvited,
)
from services.directory.projections.card import Card
from services.directory.projections.fold import fold

ROOM, HOST, ALICE, BOB, CLUB = (uuid4() for _ in range(5))
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

opened = RoomOpened(room_id=ROOM, host_id=HOST, name="Jazz at noon", club_id=CLUB)

LATER = NOON + timedelta(hours=1)
planned = RoomScheduled(room_id=ROOM, host_id=HOST, name="Jazz at noon", club_id=CLUB, scheduled_for=LATER)
opened_by_itself = opened.model_copy(update={"host_awaited_until": LATER})


def joined(user: UUID, guest: bool = False) -> RoomFact:
    return ParticipantJoined(room_id=ROOM, user_id=user, guest=guest)


def left(user: UUID) -> RoomFact:
    return ParticipantLeft(room_id=ROOM, user_id=user, seat=1, reason=LeftReason.LEFT)


def now_is(user: UUID, role: Role) -> RoomFact:
    return RoleChanged(room_id=ROOM, user_id=user, role=role, reason=RoleReason.CHANGED)


def invitation(user: UUID) -> RoomFact:
    return SpeakerInvited(room_id=ROOM, user_id=user, by=HOST, expires_at=LATER)


def after(*history: RoomFact, card: Card | None = None) -> Card:
    for fact in history:
        seq = card.seq + 1 if card else 1
        card = fold(card, Envelope(id=uuid4(), source="/rooms", stream=ROOM, version=seq, at=NOON, fact=fact))
    assert card
    return card


def on_stage(card: Card) -> list[tuple[UUID, Role, int]]:
    return [(user, seat.role, seat.seat) for user, seat in card.stage]
