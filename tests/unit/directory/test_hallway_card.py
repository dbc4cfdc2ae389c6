from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_snapshot import RoomState
from contracts.rooms import (
    EndedReason,
    HandRaised,
    HostTransferred,
    LeftReason,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantMuted,
    RoleChanged,
    RoleReason,
    RoomEnded,
    RoomFact,
    RoomOpened,
    RoomRenamed,
    RoomScheduled,
)
from services.directory.projections.card import Card, Seat, fold, people_in

ROOM, HOST, ALICE, BOB, CLUB = (uuid4() for _ in range(5))
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

opened = RoomOpened(room_id=ROOM, host_id=HOST, name="Jazz at noon", club_id=CLUB)


def joined(user: UUID, guest: bool = False) -> RoomFact:
    return ParticipantJoined(room_id=ROOM, user_id=user, guest=guest)


def left(user: UUID) -> RoomFact:
    return ParticipantLeft(room_id=ROOM, user_id=user, seat=1, reason=LeftReason.LEFT)


def now_is(user: UUID, role: Role) -> RoomFact:
    return RoleChanged(room_id=ROOM, user_id=user, role=role, reason=RoleReason.CHANGED)


def after(*history: RoomFact, card: Card | None = None) -> Card:
    for fact in history:
        seq = card.seq + 1 if card else 1
        card = fold(card, Envelope(id=uuid4(), source="/rooms", stream=ROOM, version=seq, at=NOON, fact=fact))
    assert card
    return card


def on_stage(card: Card) -> list[tuple[UUID, Role, int]]:
    return [(user, seat.role, seat.seat) for user, seat in card.stage]


def test_a_room_opens_with_its_host_on_stage() -> None:
    card = after(opened)
    assert (card.name, card.club_id, card.state, card.started_at) == ("Jazz at noon", CLUB, RoomState.LIVE, NOON)
    assert on_stage(card) == [(HOST, Role.HOST, 1)]
    assert (card.participant_count, card.seq) == (1, 1)


def test_whoever_comes_in_is_counted_and_listens() -> None:
    card = after(opened, joined(ALICE), joined(BOB, guest=True))
    assert card.participant_count == 3
    assert on_stage(card) == [(HOST, Role.HOST, 1)]
    assert card.seats[BOB] == Seat(Role.AUDIENCE, seat=3, guest=True)


def test_the_panel_is_by_role_and_then_by_seat() -> None:
    card = after(opened, joined(ALICE), joined(BOB), now_is(BOB, Role.SPEAKER), now_is(ALICE, Role.SPEAKER))
    assert [user for user, _ in card.stage] == [HOST, ALICE, BOB]
    card = after(now_is(BOB, Role.MODERATOR), card=card)
    assert [user for user, _ in card.stage] == [HOST, BOB, ALICE]


def test_a_speaker_who_steps_down_is_in_the_audience_with_the_same_seat_and_no_mute() -> None:
    muted = ParticipantMuted(room_id=ROOM, user_id=ALICE, by=HOST)
    card = after(opened, joined(ALICE), now_is(ALICE, Role.SPEAKER), muted)
    assert card.seats[ALICE].muted
    assert after(now_is(ALICE, Role.AUDIENCE), card=card).seats[ALICE] == Seat(Role.AUDIENCE, seat=2)


def test_when_somebody_leaves_the_stage_the_others_move_up() -> None:
    people = [uuid4() for _ in range(8)]
    card = after(opened, *map(joined, people), *(now_is(each, Role.SPEAKER) for each in people))
    card = after(left(people[0]), card=card)
    assert [user for user, _ in card.stage] == [HOST, *people[1:]]
    assert card.participant_count == 8


def test_the_keys_go_over_and_the_former_host_moderates() -> None:
    keys = HostTransferred(room_id=ROOM, from_id=HOST, to_id=ALICE, reason=RoleReason.CHANGED)
    assert on_stage(after(opened, joined(ALICE), keys)) == [(ALICE, Role.HOST, 2), (HOST, Role.MODERATOR, 1)]


def test_a_host_who_left_does_not_come_back_with_the_keys() -> None:
    keys = HostTransferred(room_id=ROOM, from_id=HOST, to_id=ALICE, reason=RoleReason.HOST_LOST)
    assert on_stage(after(opened, joined(ALICE), left(HOST), keys)) == [(ALICE, Role.HOST, 2)]


def test_an_ended_room_is_empty_and_keeps_its_version() -> None:
    card = after(opened, joined(ALICE), RoomEnded(room_id=ROOM, reason=EndedReason.ENDED))
    assert (card.state, card.participant_count, card.stage, card.seq) == (RoomState.ENDED, 0, [], 3)


def test_a_scheduled_room_is_listed_at_its_time_and_starts_when_it_opens() -> None:
    later = NOON + timedelta(hours=1)
    card = after(RoomScheduled(room_id=ROOM, host_id=HOST, name="Later", scheduled_for=later))
    assert (card.state, card.listed_at, card.started_at, card.participant_count) == (
        RoomState.SCHEDULED,
        later,
        None,
        0,
    )
    card = after(opened, card=card)
    assert (card.state, card.listed_at, card.started_at, card.participant_count) == (RoomState.LIVE, NOON, NOON, 1)


def test_a_raised_hand_moves_only_the_version() -> None:
    card = after(opened, joined(ALICE))
    assert after(HandRaised(room_id=ROOM, user_id=ALICE), card=card) == replace(card, seq=3)


def test_a_new_name_is_on_the_card() -> None:
    assert after(opened, RoomRenamed(room_id=ROOM, name="Bebop", by=HOST)).name == "Bebop"


def test_a_fact_about_somebody_without_a_seat_cannot_be_folded() -> None:
    for fact in (left(ALICE), now_is(ALICE, Role.SPEAKER)):
        with pytest.raises(KeyError):
            after(opened, fact)


def test_nobody_sits_twice() -> None:
    with pytest.raises(ValueError, match="seat already"):
        after(opened, joined(ALICE), joined(ALICE))


def test_only_the_seats_that_a_batch_changed_are_written() -> None:
    seats = {HOST: Seat(Role.HOST, 1), ALICE: Seat(Role.AUDIENCE, 2), BOB: Seat(Role.SPEAKER, 3)}
    loaded = replace(after(opened), seats=seats, before=seats, participant_count=3, seq=9)
    card = after(joined(CLUB), left(ALICE), now_is(BOB, Role.SPEAKER), card=loaded)
    assert card.changed == {CLUB: Seat(Role.AUDIENCE, 10)}
    assert card.gone == {ALICE}


def test_a_fact_says_whose_seats_it_needs() -> None:
    keys = HostTransferred(room_id=ROOM, from_id=HOST, to_id=ALICE, reason=RoleReason.CHANGED)
    assert set(people_in(keys)) == {HOST, ALICE}
    assert people_in(joined(ALICE)) == (ALICE,)
    assert people_in(HandRaised(room_id=ROOM, user_id=ALICE)) == ()
