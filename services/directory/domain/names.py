"""What may be called what. Every text that a person writes is checked against these before anything else sees it."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from email_validator import validate_email
from pydantic import AfterValidator, Field, StringConstraints

from services.kit.texts import LINES, PLAIN, described, lines, name, plain, whole

USERNAME = re.compile(r"^[A-Za-z0-9_]{2,30}$")
RESERVED = frozenset(  # whoever bore one could be taken for Hallway itself, or for nobody
    [
        "abuse",
        "admin",
        "administrator",
        "anonymous",
        "api",
        "contact",
        "deleted",
        "everyone",
        "former_member",
        "guest",
        "hallway",
        "help",
        "host",
        "hostmaster",
        "info",
        "mail",
        "me",
        "moderator",
        "moderators",
        "noreply",
        "no_reply",
        "null",
        "official",
        "operator",
        "owner",
        "postmaster",
        "root",
        "security",
        "staff",
        "support",
        "system",
        "team",
        "undefined",
        "webmaster",
    ]
)


def _username(text: str) -> str:
    if not USERNAME.fullmatch(text):
        raise ValueError("2 to 30 letters (a to z), digits and underscores")
    if text.casefold() in RESERVED:
        raise ValueError("this username is kept for Hallway itself; choose another one")
    return text


def _link(text: str) -> str:
    """An https address that says where it leads: no name or password in front of the host."""
    try:
        parts = urlsplit(plain(text))
        valid = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError as error:
        raise ValueError("this is no web address; it should look like https://example.com/me") from error
    if not valid or " " in text:
        raise ValueError("this is no web address that others can open; it should look like https://example.com/me")
    return text


def _email(text: str) -> str:
    """As it is written to, with the domain in lower case. Whether somebody reads it only a mail can tell."""
    return validate_email(whole(text), check_deliverability=False, allow_domain_literal=False).normalized


Username = Annotated[
    str,
    AfterValidator(_username),
    Field(description="2 to 30 letters, digits or underscores; unique whatever the case", examples=["rick"]),
    described(USERNAME),
]
PersonName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60),
    AfterValidator(name),
    described(PLAIN),
    Field(description="What others see, 1 to 60 characters", examples=["Rick Sanchez"]),
]
ClubName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=60),
    AfterValidator(name),
    described(PLAIN),
    Field(description="3 to 60 characters", examples=["The Council of Ricks"]),
]
Bio = Annotated[
    str,
    StringConstraints(max_length=500),
    AfterValidator(lines),
    described(LINES),
    Field(description="Up to 500 characters, in lines", examples=["Science, mostly.\nBurp."]),
]
Link = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=10, max_length=200),
    AfterValidator(_link),
    Field(examples=["https://example.com/rick"]),
]
Links = Annotated[tuple[Link, ...], Field(max_length=5, description="At most 5")]
ClubDescription = Annotated[
    str,
    StringConstraints(max_length=500),
    AfterValidator(lines),
    described(LINES),
    Field(description="Up to 500 characters, in lines"),
]
ClubRules = Annotated[
    str,
    StringConstraints(max_length=5000),
    AfterValidator(lines),
    described(LINES),
    Field(description="Up to 5000 characters, in lines", examples=["One voice at a time."]),
]
Email = Annotated[
    str,
    StringConstraints(max_length=254),
    AfterValidator(_email),
    Field(description="Never shown to others", examples=["rick@example.com"], json_schema_extra={"format": "email"}),
]
AnyPassword = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(whole)]
Password = Annotated[str, Field(min_length=8, max_length=200, description="8 to 200 characters"), AfterValidator(whole)]
