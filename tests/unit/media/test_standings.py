from datetime import UTC, datetime
from uuid import UUID, uuid4

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_fold import fold
from contracts.room_snapshot import RoomSnapshot, Seat
from contracts.rooms import (
    EndedReason,
    HandRaised,
    HostTransferred,
    LeftReason,
    ParticipantLeft,
    ParticipantMuted,
    RoleChanged,
    RoleReason,
    RoomEnded,
    RoomFact,
)
from services.media.engine.gate import Standing
from services.media.engine.standings import brought_up_to_date, changes, everyone

ROOM, ALICE, BOB = uuid4(), uuid4(), uuid4()
room = RoomSnapshot(
    id=ROOM,
    seq=10,
    seats={
        ALICE: Seat(user_id=ALICE, seat=1, role=Role.HOST),
        BOB: Seat(user_id=BOB, seat=4, role=Role.SPEAKER),
    },
)
told = Standing(4, Role.SPEAKER, muted=False, seq=10)


def fact(seq: int, fact: RoomFact) -> Envelope[RoomFact]:
    return Envelope(id=uuid4(), source="/rooms", stream=ROOM, version=seq, at=datetime.now(UTC), fact=fact)


def role_changed(user: UUID, role: Role) -> RoleChanged:
    return RoleChanged(room_id=ROOM, user_id=user, role=role, reason=RoleReason.CHANGED, by=ALICE)


def after(*facts: RoomFact) -> list[Standing]:
    folded = room
    for seq, one in enumerate(facts, 11):
        folded = fold(folded, fact(seq, one))
    return changes(room, folded)


def bobs(*facts: Envelope[RoomFact]) -> Standing:
    return brought_up_to_date(told, ROOM, BOB, facts)


def test_everyone_has_a_standing_as_of_the_snapshot() -> None:
    assert sorted(everyone(room), key=lambda each: each.seat) == [
        Standing(1, Role.HOST, False, 10),
        Standing(4, Role.SPEAKER, False, 10),
    ]


def test_only_the_seats_that_changed_are_told() -> None:
    muted = ParticipantMuted(room_id=ROOM, user_id=BOB, by=ALICE)
    assert after(muted) == [Standing(4, Role.SPEAKER, muted=True, seq=11)]


def test_a_raised_hand_changes_nothing() -> None:
    assert after(HandRaised(room_id=ROOM, user_id=BOB)) == []


def test_who_leaves_is_out() -> None:
    left = ParticipantLeft(room_id=ROOM, user_id=BOB, seat=4, reason=LeftReason.LEFT)
    assert after(left) == [Standing(4, None, muted=False, seq=11)]


def test_when_the_room_ends_everyone_is_out() -> None:
    ended = RoomEnded(room_id=ROOM, reason=EndedReason.ENDED, by=ALICE)
    assert {standing.seat for standing in after(ended) if standing.role is None} == {1, 4}


def test_a_fact_that_came_before_the_offer_decides_about_it() -> None:
    assert bobs(fact(11, role_changed(BOB, Role.AUDIENCE))) == Standing(4, Role.AUDIENCE, False, 11)


def test_what_the_offer_knew_already_is_not_told_twice() -> None:
    assert bobs(fact(9, role_changed(BOB, Role.AUDIENCE)), fact(10, role_changed(BOB, Role.HOST))) == told


def test_what_happens_to_strangers_changes_only_the_seq() -> None:
    assert bobs(fact(11, role_changed(uuid4(), Role.SPEAKER))) == Standing(4, Role.SPEAKER, False, 11)


def test_the_keys_that_go_to_a_stranger_leave_a_moderator() -> None:
    given_away = HostTransferred(room_id=ROOM, from_id=BOB, to_id=uuid4(), reason=RoleReason.CHANGED, by=BOB)
    assert bobs(fact(11, given_away)) == Standing(4, Role.MODERATOR, False, 11)


def test_beyond_a_gap_nothing_is_guessed() -> None:
    assert bobs(fact(12, role_changed(BOB, Role.AUDIENCE))) == told


def test_whoever_left_and_came_back_has_another_seat() -> None:
    left = ParticipantLeft(room_id=ROOM, user_id=BOB, seat=4, reason=LeftReason.LEFT)
    assert bobs(fact(11, left)) == Standing(4, None, False, 11)
