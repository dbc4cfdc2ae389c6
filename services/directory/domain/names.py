"""What may be called what. Every text that a person writes is checked against these before anything else sees it."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

# Control characters, line and paragraph separators, and the marks that turn the direction of other people's text.
PLAIN = re.compile(r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$")
USERNAME = re.compile(r"^[A-Za-z0-9_]{2,30}$")
EMAIL = re.compile(r"^[^\u0000-\u0020\u007f-\u00a0\u2028\u2029@]+@[^\u0000-\u0020\u007f-\u00a0\u2028\u2029@]+$")
RESERVED = frozenset(
    {
        *("admin", "administrator", "anonymous", "api", "guest", "hallway", "help", "me"),
        *("moderator", "null", "root", "staff", "support", "system", "undefined"),
    }
)


def _username(text: str) -> str:
    if not USERNAME.fullmatch(text):
        raise ValueError("2 to 30 letters (a to z), digits and underscores")
    if text.casefold() in RESERVED:
        raise ValueError("this username is kept for Hallway itself; choose another one")
    return text


def _whole(text: str) -> str:
    """JSON can say half of a surrogate pair, which is no character and fits into no database."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("this is no valid Unicode text") from error
    return text


def _plain(text: str) -> str:
    if not PLAIN.fullmatch(_whole(text)):
        raise ValueError("no control characters, line breaks or marks that turn the direction of text")
    return text


def _email(text: str) -> str:
    if not EMAIL.fullmatch(_whole(text)):
        raise ValueError("this is no e-mail address")
    return text


def _described(pattern: re.Pattern[str]) -> Any:
    """For OpenAPI; refusals say it in words."""
    return Field(json_schema_extra={"pattern": pattern.pattern})


Plain = Annotated[str, AfterValidator(_plain), _described(PLAIN)]
Username = Annotated[
    str,
    AfterValidator(_username),
    Field(description="2 to 30 letters, digits or underscores; unique whatever the case", examples=["rick"]),
    _described(USERNAME),
]
PersonName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60),
    AfterValidator(_plain),
    _described(PLAIN),
    Field(description="What others see, 1 to 60 characters", examples=["Rick Sanchez"]),
]
ClubName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=60),
    AfterValidator(_plain),
    _described(PLAIN),
    Field(description="3 to 60 characters", examples=["The Council of Ricks"]),
]
Email = Annotated[
    str,
    StringConstraints(max_length=254),
    AfterValidator(_email),
    Field(description="Never shown to others", examples=["rick@example.com"]),
    _described(EMAIL),
]
AnyPassword = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_whole)]
Password = Annotated[
    str, Field(min_length=8, max_length=200, description="8 to 200 characters"), AfterValidator(_whole)
]
