from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from services.directory.domain.names import ClubName, Email, Password, PersonName, Username


def accepts(kind: Any, text: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("username", ["rick", "cj", "Rick_137", "a" * 30])
def test_usernames_are_letters_digits_and_underscores(username: str) -> None:
    assert accepts(Username, username)


@pytest.mark.parametrize("username", ["", "r", "a" * 31, "rick!", "rick sanchez", "rické", "rick\n", "\0\0", "Admin"])
def test_other_usernames_are_refused(username: str) -> None:
    assert not accepts(Username, username)


@pytest.mark.parametrize("name", ["Rick Sanchez", "李小龍", "Zoë 🎷", "O", "👩‍👩‍👧"])
def test_people_are_called_what_they_like(name: str) -> None:
    assert accepts(PersonName, name)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\0b", "a\nb", "a\x7fb", "a\u202eb", "a\ud800b"])
def test_names_hold_no_control_characters_and_no_half_characters(name: str) -> None:
    assert not accepts(PersonName, name)


def test_the_blanks_around_a_name_are_nobodys() -> None:
    assert TypeAdapter[str](PersonName).validate_python("  Rick  ") == "Rick"


def test_a_club_has_at_least_three_characters() -> None:
    assert accepts(ClubName, "Art")
    assert not accepts(ClubName, " A ")


def test_an_email_has_two_sides() -> None:
    assert accepts(Email, "rick@example.com")
    assert not any(accepts(Email, text) for text in ("rick", "@", "a@b@c", "a b@c", "a@b\n", "a@\ud800"))


def test_a_password_is_long_enough_and_whole_characters() -> None:
    assert accepts(Password, "correct horse")
    assert not any(accepts(Password, text) for text in ("1234567", "x" * 201, "1234567\ud8008"))
