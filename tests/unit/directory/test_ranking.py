"""The hallway for one viewer: what comes first, and why."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from services.directory.queries.ranking import Candidate, Kind, ranked, shown

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
ALICE, BOB, CARL = uuid4(), uuid4(), uuid4()


def room(
    minutes: int = 120, people: int = 5, follows: tuple[UUID, ...] = (), id: UUID | None = None, **ties: bool
) -> Candidate:
    return Candidate(id or uuid4(), NOW - timedelta(minutes=minutes), people, follows, **ties)


def order(*rooms: Candidate) -> list[int]:
    return [rooms.index(each) for each in ranked(rooms, NOW)]


def why(one: Candidate) -> list[Kind]:
    return [reason.kind for reason in shown(one, NOW)]


def test_people_whom_one_follows_come_before_clubs_and_clubs_before_topics() -> None:
    topic, followed, member = room(follows_topic=True), room(follows_club=True), room(member_of_club=True)
    assert order(room(), topic, followed, member, room(follows=(ALICE,))) == [4, 3, 2, 1, 0]


def test_each_further_person_counts_but_less_than_the_one_before() -> None:
    one, two, three = room(follows=(ALICE,)), room(follows=(ALICE, BOB)), room(follows=(ALICE, BOB, CARL))
    assert order(one, two, three) == [2, 1, 0]
    weights = [shown(each, NOW)[0].weight for each in (one, two, three)]
    assert weights[2] - weights[1] < weights[1] - weights[0]


def test_the_new_and_the_full_come_first_among_rooms_without_ties() -> None:
    assert order(room(minutes=90), room(minutes=5)) == [1, 0]
    assert order(room(people=3), room(people=300)) == [1, 0]


def test_size_is_damped_a_hundred_times_the_people_do_not_outweigh_a_friend() -> None:
    assert order(room(people=10_000), room(people=3, follows=(ALICE,))) == [1, 0]
    assert order(room(people=50_000, id=UUID(int=1)), room(people=10_000, id=UUID(int=2))) == [1, 0], (
        "no more than that"
    )


def test_among_equals_the_newest_is_first_and_the_order_is_always_the_same() -> None:
    first, second = room(id=UUID(int=2)), room(id=UUID(int=1))
    assert order(first, second) == [0, 1]
    assert order(second, first) == [1, 0]


def test_every_room_says_why_it_is_there() -> None:
    assert why(room(minutes=1, people=1)) == [Kind.FRESH]
    assert why(room(minutes=600, people=50)) == [Kind.BUSY]
    assert why(room(minutes=600, people=0)) != []
    assert why(room(minutes=600, people=3)) == [Kind.BUSY], "for want of anything better"


def test_the_weightiest_reasons_come_first_and_at_most_three() -> None:
    everything = room(1, 500, (ALICE, BOB), member_of_club=True, follows_club=True, follows_topic=True)
    assert why(everything) == [Kind.FOLLOWS, Kind.CLUB, Kind.BUSY]
    assert shown(everything, NOW)[0].user_ids == (ALICE, BOB)
    assert why(room(follows_club=True, follows_topic=True)) == [Kind.CLUB_FOLLOWED, Kind.TOPIC]


def test_a_planned_room_that_opens_soon_comes_before_one_that_opens_late() -> None:
    assert order(room(minutes=-600), room(minutes=-20)) == [1, 0]
