"""The demo's data is what the tutorial's answers are compared with."""

from uuid import UUID

from hallway.demo import CLUBS, FOLLOWS, OPENED_IN_ORDER, ROOMS, USERS


def test_ten_people_with_ids_in_order() -> None:
    assert [user.id for user in USERS] == [UUID(f"00000000-0000-7000-8000-0000000000{n:02x}") for n in range(1, 11)]
    assert [user.username for user in USERS][4:] == ["elon", "john", "rick", "loki", "cj", "sarah"]
    assert USERS[6].name == "Rick Sanchez"


def test_club_rooms_are_hosted_by_the_founder() -> None:
    founders = {club.number: club.founder for club in CLUBS}
    assert all(room.host == founders[room.club] for room in ROOMS if room.club)
    assert [room.club for room in ROOMS] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5, None]
    assert ROOMS[-1].host == "rick"


def test_everybody_follows_something_and_every_room_is_opened_once() -> None:
    assert set(FOLLOWS) == {user.number for user in USERS}
    assert sorted(OPENED_IN_ORDER) == [room.number for room in ROOMS]


def test_no_two_things_share_an_id() -> None:
    ids = [user.id for user in USERS] + [club.id for club in CLUBS] + [room.id for room in ROOMS]
    assert len(ids) == len(set(ids))
