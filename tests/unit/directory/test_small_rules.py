from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag

from contracts.users import Profile
from services.directory.api.demo import build_api
from services.directory.domain.sealing import seal, unseal
from services.directory.guests import Guests
from services.directory.queries.cursors import BadCursor, decode, encode, place
from services.directory.queries.people import Someone
from services.directory.sessions import claims
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


def settings(**more: Any) -> Settings:
    return Settings(
        database_url="postgresql://x",
        kafka_bootstrap="x",
        rooms_url="http://x",
        service_secret=SECRET,
        key_secret=SECRET,
        **more,
    )


def test_the_demo_refuses_to_start_outside_demo_mode() -> None:
    nothing: Any = None  # it does not come so far as to need them
    with pytest.raises(RuntimeError, match="outside demo mode"):
        build_api(settings(demo_mode=False), nothing, nothing, nothing, nothing)


def test_demo_mode_needs_the_loaders_secret() -> None:
    with pytest.raises(ValueError, match="LOADER_SECRET"):
        settings(demo_mode=True)


def test_a_token_says_who_it_is_and_on_which_device_and_nothing_that_is_not_so() -> None:
    rick, device = Someone(uuid4(), "rick", "Rick Sanchez"), uuid4()
    plain = {"sub": str(rick.id), "name": "Rick Sanchez", "username": "rick", "guest": False}
    assert claims(rick, None, False, frozenset()) == plain
    assert claims(rick, device, False, frozenset()) == plain | {"device": str(device)}


def test_a_guest_is_one_by_name_and_not_by_device() -> None:
    visitor = Someone(uuid4(), None, "Guest")
    assert claims(visitor, uuid4(), True, frozenset({"rick"}))["guest"] is True
    assert claims(Someone(uuid4(), "rick", "Rick"), uuid4(), False, frozenset())["guest"] is False


def test_an_operator_is_whoever_the_settings_name_whatever_the_case() -> None:
    operators = settings(operators=" Rick, morty ,").operators
    assert operators == {"rick", "morty"}
    assert claims(Someone(uuid4(), "RICK", "Rick"), None, False, operators)["operator"] is True
    assert "operator" not in claims(Someone(uuid4(), "sarah", "Sarah"), None, False, operators)
    assert settings().operators == frozenset()


def test_the_settings_name_operators_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPERATORS", "rick,morty")
    assert settings().operators == {"rick", "morty"}
