from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_snapshot import RoomState
from contracts.rooms import (
    EndedReason,
    HandRaised,
    HostTransferred,
    ParticipantMuted,
    RoleReason,
    RoomEnded,
    RoomRenamed,
)
from services.directory.projections.card import Seat
from services.directory.projections.fold import fold, people_in
from tests.unit.directory.cards import (
    ALICE,
    BOB,
    CLUB,
    HOST,
    LATER,
    NOON,
    ROOM,
    after,
    joined,
    left,
    now_is,
    on_stage,
    opened,
    planned,
)


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
    card = after(planned)
    assert (card.state, card.listed_at, card.started_at, card.participant_count) == (
        RoomState.SCHEDULED,
        LATER,
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


def test_a_clock_that_runs_back_ends_no_room_before_it_began() -> None:
    """Or its row could not be written, and with it nothing that comes after."""
    ended = RoomEnded(room_id=ROOM, reason=EndedReason.ENDED, by=HOST)
    before = NOON - timedelta(seconds=1)
    card = fold(after(opened), Envelope(id=uuid4(), source="/rooms", stream=ROOM, version=2, at=before, fact=ended))
    assert card.ended_at == NOON
