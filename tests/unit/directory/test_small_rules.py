from datetime import UTC, datetime
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag

from contracts.users import Profile
from services.directory.api.demo import build_api
from services.directory.domain.sealing import seal, unseal
from services.directory.guests import Guests
from services.directory.queries.cursors import BadCursor, decode, encode, place
from services.directory.settings import Settings

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SECRET = "0123456789" * 4


def test_only_the_same_key_opens_what_was_sealed() -> None:
    profile, key = Profile(username="rick", name="Rick"), bytes(32)
    sealed = seal(profile, key, bytes(12))
    assert unseal(sealed, key) == profile
    with pytest.raises(InvalidTag):
        unseal(sealed, bytes(31) + b"1")


def test_a_device_is_one_guest_and_another_device_another_one() -> None:
    guests, device = Guests(SECRET), uuid4()
    assert guests.user_id(device) == guests.user_id(device)
    assert guests.user_id(device) != guests.user_id(uuid4())
    assert guests.user_id(device) != Guests(SECRET[::-1]).user_id(device)
    assert guests.user_id(device).version == 8


def test_a_cursor_says_where_a_list_goes_on() -> None:
    room = uuid4()
    assert place(encode(NOON, room)) == (NOON, room)
    assert decode(encode(7, "The Council of Ricks"), 2) == ["7", "The Council of Ricks"]


@pytest.mark.parametrize(
    "cursor", ["!", "abc", encode("x"), encode("x", "y"), encode(NOON, "y"), encode("0001-01-01", 1)]
)
def test_a_cursor_that_is_none_of_ours_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        place(cursor)


def test_the_demo_refuses_to_start_outside_demo_mode() -> None:
    settings = Settings(
        database_url="postgresql://x", kafka_bootstrap="x", service_secret=SECRET, key_secret=SECRET, demo_mode=False
    )
    with pytest.raises(RuntimeError, match="outside demo mode"):
        build_api(settings, None, None, None, None)  # type: ignore[arg-type]


def test_demo_mode_needs_the_loaders_secret() -> None:
    with pytest.raises(ValueError, match="LOADER_SECRET"):
        Settings(
            database_url="postgresql://x", kafka_bootstrap="x", service_secret=SECRET, key_secret=SECRET, demo_mode=True
        )
