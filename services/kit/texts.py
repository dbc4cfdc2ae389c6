"""What any text that a person writes may hold. Checked at the door, before anything else sees it."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, Field

# Control characters, line and paragraph separators, the marks that turn the direction of other people's text, and
# characters that nobody sees (Unicode 16, section 23). Joiners stay: Persian words and some emoji need them.
_HIDDEN = r"\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
PLAIN = re.compile(rf"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029{_HIDDEN}]*$")
LINES = re.compile(rf"^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029{_HIDDEN}]*$")
NEEDS_NO_INK = ("Z", "C", "M")  # categories of which a text is not made alone: blanks, joiners, accents


def plain(text: str) -> str:
    """One line, in one form of those that look the same (NFC). Raises ValueError."""
    if not PLAIN.fullmatch(whole(text)):
        raise ValueError("no control characters, line breaks, invisible characters or marks that turn text around")
    return unicodedata.normalize("NFC", text)


def lines(text: str) -> str:
    """The same, of as many lines as one likes."""
    unix = whole(text).replace("\r\n", "\n")
    if not LINES.fullmatch(unix):
        raise ValueError("no control characters, invisible characters or marks that turn text around")
    return unicodedata.normalize("NFC", unix).strip()


def name(text: str) -> str:
    """A plain text in which there is something to see. Raises ValueError."""
    said = plain(text)
    if all(unicodedata.category(each).startswith(NEEDS_NO_INK) for each in said):
        raise ValueError("a name has at least one letter, digit or sign that can be seen")
    return said


def whole(text: str) -> str:
    """JSON can say half of a surrogate pair, which is no character and fits into no database. Raises ValueError."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("this is no valid Unicode text") from error
    return text


def described(pattern: re.Pattern[str]) -> Any:
    """For OpenAPI; refusals say it in words."""
    return Field(json_schema_extra={"pattern": pattern.pattern})


Plain = Annotated[str, AfterValidator(plain), described(PLAIN)]
Lines = Annotated[str, AfterValidator(lines), described(LINES)]
