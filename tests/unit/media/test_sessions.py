from random import Random
from uuid import UUID, uuid4

import pytest

from services.media.engine.participant import Participant
from services.media.engine.sessions import KEPT_SECONDS, Sessions, Superseded
from tests.unit.media.people import credentials

ROOM, ALICE = UUID(int=1), UUID(int=77)


def participant(seat: int, user: UUID, connection_no: int = 1) -> Participant:
    return Participant(uuid4(), ROOM, user, seat, connection_no, "0", credentials(seat), number=seat)


def house(*people: Participant) -> Sessions:
    sessions = Sessions(Random(1).getrandbits)
    sessions.room(ROOM, 0.0)
    for who in people:
        sessions.add(who)
    return sessions


def test_a_higher_connection_replaces_the_one_that_is_there() -> None:
    former = participant(5, ALICE, connection_no=1)
    assert house(former).standing_in_the_way(ROOM, ALICE, (5, 2)) is former


def test_the_same_connection_may_make_its_sound_anew() -> None:
    former = participant(5, ALICE, connection_no=1)
    assert house(former).standing_in_the_way(ROOM, ALICE, (5, 1)) is former


def test_a_lower_connection_is_refused_even_after_the_higher_one_ended() -> None:
    newest = participant(5, ALICE, connection_no=2)
    sessions = house(newest)
    with pytest.raises(Superseded):
        sessions.standing_in_the_way(ROOM, ALICE, (5, 1))
    sessions.remove(newest, 1.0)
    with pytest.raises(Superseded):
        sessions.standing_in_the_way(ROOM, ALICE, (5, 1))


def test_a_later_seat_begins_its_connections_anew() -> None:
    former = participant(5, ALICE, connection_no=9)
    assert house(former).standing_in_the_way(ROOM, ALICE, (30, 1)) is former


def test_one_person_may_be_in_two_rooms() -> None:
    other = UUID(int=2)
    sessions = house(participant(5, ALICE))
    assert sessions.standing_in_the_way(other, ALICE, (3, 1)) is None


def test_a_session_ends_once() -> None:
    who = participant(5, ALICE)
    sessions = house(who)
    assert sessions.remove(who, 1.0)
    assert not sessions.remove(who, 1.0)


def test_an_empty_room_is_kept_for_90_seconds() -> None:
    who = participant(5, ALICE)
    sessions = house(who)
    assert sessions.forget_empty(1_000.0) == []
    sessions.remove(who, 1_000.0)
    assert sessions.forget_empty(1_000.0 + KEPT_SECONDS) == []
    assert [room.id for room in sessions.forget_empty(1_000.1 + KEPT_SECONDS)] == [ROOM]
    assert sessions.rooms == {}
