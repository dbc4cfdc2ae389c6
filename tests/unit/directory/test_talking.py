"""Who talks in which room, as it is told to open hallways."""

from uuid import UUID, uuid4

from contracts.media import MediaConnected, MediaDisconnected, SpeakingStarted, SpeakingStopped
from services.directory.live.talking import LONGEST_SECONDS, Talking

ROOM, OTHER, ALICE, BOB, CARL, DORA = (uuid4() for _ in range(6))


def starts(user: UUID, room: UUID = ROOM) -> SpeakingStarted:
    return SpeakingStarted(room_id=room, user_id=user, seat=1)


def stops(user: UUID, room: UUID = ROOM) -> SpeakingStopped:
    return SpeakingStopped(room_id=room, user_id=user, seat=1, seconds=1)


def after(*facts: SpeakingStarted | SpeakingStopped | MediaDisconnected, now: float = 0) -> Talking:
    talking = Talking()
    for fact in facts:
        talking.hear(fact, now)
    return talking


def test_at_most_three_are_named_in_the_order_in_which_they_began() -> None:
    talking = after(*map(starts, (DORA, ALICE, BOB, CARL)))
    assert talking.news({ROOM}, 1) == {ROOM: (DORA, ALICE, BOB)}
    assert talking.told == {ROOM: (DORA, ALICE, BOB)}
    talking.hear(stops(ALICE), 1)
    assert talking.news({ROOM}, 2) == {ROOM: (DORA, BOB, CARL)}


def test_what_came_and_went_between_two_tellings_is_not_told() -> None:
    assert after(starts(ALICE), stops(ALICE)).news({ROOM}, 1) == {}
    talking = after(starts(ALICE))
    talking.news({ROOM}, 1)
    talking.hear(stops(ALICE), 1)
    talking.hear(starts(ALICE), 1)
    assert talking.news({ROOM}, 2) == {}


def test_when_the_last_one_stops_nobody_talks() -> None:
    talking = after(starts(ALICE))
    talking.news({ROOM}, 1)
    talking.hear(stops(ALICE), 1)
    assert talking.news({ROOM}, 2) == {ROOM: ()}
    assert talking.told == {}


def test_whoever_hangs_up_does_not_talk() -> None:
    gone = MediaDisconnected(room_id=ROOM, user_id=ALICE, seat=1, connection_no=1, node_id=uuid4(), reason="closed")
    talking = after(starts(ALICE), starts(BOB), gone)
    assert talking.news({ROOM}, 1) == {ROOM: (BOB,)}


def test_whoever_connects_anew_begins_silent() -> None:
    talking = after(starts(ALICE))
    talking.hear(MediaConnected(room_id=ROOM, user_id=ALICE, seat=1, connection_no=2, node_id=uuid4()), 1)
    assert talking.news({ROOM}, 1) == {}


def test_nobody_talks_for_ever_because_a_measurement_got_lost() -> None:
    talking = after(starts(ALICE))
    talking.news({ROOM}, 1)
    assert talking.news({ROOM}, LONGEST_SECONDS) == {}
    assert talking.news({ROOM}, LONGEST_SECONDS + 1) == {ROOM: ()}


def test_of_a_room_without_a_door_nothing_is_said_until_it_has_one() -> None:
    talking = after(starts(ALICE), starts(BOB, OTHER))
    assert talking.news({ROOM}, 1) == {ROOM: (ALICE,)}
    assert talking.news({OTHER}, 2) == {OTHER: (BOB,)}


def test_a_room_that_ended_is_not_told_again() -> None:
    talking = after(starts(ALICE))
    talking.news({ROOM}, 1)
    talking.hear(stops(ALICE), 1)
    assert talking.news(set(), 2) == {}
    assert talking.told == {}
