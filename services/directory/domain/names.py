"""What may be called what. Every text that a person writes is checked against these before anything else sees it."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

# Control characters, line and paragraph separators, and the marks that turn the direction of other people's text.
PLAIN = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$"
RESERVED = frozenset(
    {
        *("admin", "administrator", "anonymous", "api", "guest", "hallway", "help", "me"),
        *("moderator", "null", "root", "staff", "support", "system", "undefined"),
    }
)


def _not_reserved(username: str) -> str:
    if username.casefold() in RESERVED:
        raise ValueError("this username is kept for Hallway itself; choose another one")
    return username


Username = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9_]{2,30}$"),
    AfterValidator(_not_reserved),
    Field(description="2 to 30 letters, digits or underscores; unique whatever the case", examples=["rick"]),
]
PersonName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=PLAIN),
    Field(description="What others see, 1 to 60 characters", examples=["Rick Sanchez"]),
]
ClubName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=60, pattern=PLAIN),
    Field(description="3 to 60 characters", examples=["The Council of Ricks"]),
]
Email = Annotated[
    str,
    StringConstraints(
        max_length=254,
        pattern=r"^[^\u0000-\u0020\u007f-\u00a0\u2028\u2029@]+@[^\u0000-\u0020\u007f-\u00a0\u2028\u2029@]+$",
    ),
    Field(description="Never shown to others", examples=["rick@example.com"]),
]
Password = Annotated[str, Field(min_length=8, max_length=200, description="8 to 200 characters")]
