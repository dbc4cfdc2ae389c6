from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from services.directory.domain.names import Bio, ClubName, Email, Links, Password, PersonName, Username


def accepts(kind: Any, text: object) -> bool:
    try:
        TypeAdapter(kind).validate_python(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("username", ["rick", "cj", "Rick_137", "a" * 30])
def test_usernames_are_letters_digits_and_underscores(username: str) -> None:
    assert accepts(Username, username)


@pytest.mark.parametrize(
    "username", ["", "r", "a" * 31, "rick!", "rick sanchez", "rické", "rick\n", "\0\0", "Admin", "Postmaster"]
)
def test_other_usernames_are_refused(username: str) -> None:
    assert not accepts(Username, username)


@pytest.mark.parametrize("name", ["Rick Sanchez", "李小龍", "Zoë 🎷", "O", "👩‍👩‍👧"])
def test_people_are_called_what_they_like(name: str) -> None:
    assert accepts(PersonName, name)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\0b", "a\nb", "a\x7fb", "a\u202eb", "a\ud800b"])
def test_names_hold_no_control_characters_and_no_half_characters(name: str) -> None:
    assert not accepts(PersonName, name)


@pytest.mark.parametrize(
    "name", ["\u200b", "a\u200bb", "\u200f\u202eevil", "\ufeff", "\u3164", "\u200d", "\u0301", "a\u2066b"]
)
def test_names_hold_nothing_invisible_and_nothing_that_turns_text_around(name: str) -> None:
    assert not accepts(PersonName, name)


@pytest.mark.parametrize("name", ["שלום", "مریم‌پور", "नमस्ते", "👩🏽‍🚀", "Ὀδυσσεύς"])
def test_names_of_every_script_are_welcome(name: str) -> None:
    assert accepts(PersonName, name)


def test_two_ways_of_writing_one_name_are_one_name() -> None:
    read = TypeAdapter[str](PersonName).validate_python
    assert read("Zoe\u0308") == read("Zo\u00eb")


def test_ten_thousand_characters_are_no_name() -> None:
    for kind in (PersonName, ClubName, Bio, Username, Email):
        assert not accepts(kind, "x" * 10_000)


def test_a_bio_has_lines_and_no_control_characters() -> None:
    assert TypeAdapter[str](Bio).validate_python("Science,\r\nmostly.\n") == "Science,\nmostly."
    assert not any(accepts(Bio, text) for text in ("a\0b", "a\u202eb", "a\tb", "a\ud800"))


@pytest.mark.parametrize("link", ["https://example.com", "https://example.com/rick?a=b#c", "https://bücher.example/x"])
def test_links_lead_somewhere_safe(link: str) -> None:
    assert accepts(Links, (link,))


@pytest.mark.parametrize(
    "link",
    [
        *(
            "http://example.com",
            "javascript:alert(1)",
            "https://",
            "//example.com",
            "example.com",
            "https://a@evil.com",
        ),
        *("https://exa mple.com", "https://example.com/\u202e", "https://[::1", "https://x.com:99999"),
    ],
)
def test_other_links_are_refused(link: str) -> None:
    assert not accepts(Links, (link,))


def test_there_are_at_most_five_links() -> None:
    assert not accepts(Links, tuple(f"https://example.com/{n}" for n in range(6)))


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
