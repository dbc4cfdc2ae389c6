from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from fastapi import Request

from contracts.users import Profile
from services.directory.api.demo import build_api
from services.directory.devices import named
from services.directory.domain.sealing import seal, unseal
from services.directory.guests import Guests
from services.directory.queries.cursors import BadCursor, decode, encode, place
from services.directory.queries.people import Someone
from services.directory.rate_limits import address_of
from services.directory.sessions import claims
from services.directory.settings import Settings

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SECRET = "0123456789" * 4
NO_DATABASE: Any = None  # what is tested here does not ask it


def test_only_the_same_key_opens_what_was_sealed() -> None:
    profile, key = Profile(username="rick", name="Rick"), bytes(32)
    sealed = seal(profile, key, bytes(12))
    assert unseal(sealed, key) == profile
    with pytest.raises(InvalidTag):
        unseal(sealed, bytes(31) + b"1")


def test_a_device_is_one_guest_and_another_device_another_one() -> None:
    guests, device = Guests(NO_DATABASE, SECRET), uuid4()
    assert guests.derived(device) == guests.derived(device)
    assert guests.derived(device) != guests.derived(uuid4())
    assert guests.derived(device) != Guests(NO_DATABASE, SECRET[::-1]).derived(device)
    assert guests.derived(device).version == 8


def test_whoever_listens_after_a_guest_has_registered_is_another_one() -> None:
    guests, device = Guests(NO_DATABASE, SECRET), uuid4()
    assert len({guests.derived(device, number) for number in range(300)}) == 300


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("10.0.0.1, 203.0.113.7", "203.0.113.7"),  # what a client wrote itself comes first
        ("2001:db8:1:2:3::4", "2001:0db8:0001:0002"),
        ("", "192.0.2.1"),
        ("nonsense", "nonsense"),
    ],
)
def test_an_address_is_what_the_gateway_wrote_last_and_of_ipv6_a_network(forwarded: str, address: str) -> None:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    request = Request({"type": "http", "headers": headers, "client": ("192.0.2.1", 1234)})
    assert address_of(request) == address


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
        ("hallway-bot/1.2", "hallway-bot"),
        ("", "A program"),
        ("\x1b[31m", "A program"),
    ],
)
def test_a_session_is_called_by_its_browser(user_agent: str, name: str) -> None:
    assert named(user_agent) == name


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
    known: dict[str, Any] = {"database_url": "postgresql://x", "kafka_bootstrap": "x", "rooms_url": "http://x"}
    return Settings(**known, service_secret=SECRET, key_secret=SECRET, **more)


def test_the_demo_refuses_to_start_outside_demo_mode() -> None:
    nothing: Any = None  # it does not come so far as to need them
    with pytest.raises(RuntimeError, match="outside demo mode"):
        build_api(settings(demo_mode=False), nothing, nothing, nothing, nothing, nothing)


def test_demo_mode_needs_the_loaders_secret() -> None:
    with pytest.raises(ValueError, match="LOADER_SECRET"):
        settings(demo_mode=True)


def test_somebody_can_sign_in() -> None:
    with pytest.raises(ValueError, match="set OIDC_ISSUER"):
        settings(password_sign_in=False)
    with pytest.raises(ValueError, match="needs OIDC_CLIENT_ID"):
        settings(oidc_issuer="https://id.example.com")


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
