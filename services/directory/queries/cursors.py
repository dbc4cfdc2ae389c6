"""Cursors: where a list goes on, opaque to clients."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import UTC, datetime
from uuid import UUID

MOST = 400  # characters


class BadCursor(ValueError):
    """Not one of ours."""


def encode(*parts: object) -> str:
    """Texts, numbers, ids and times, in order; only the last may contain a space."""
    text = " ".join(part.isoformat() if isinstance(part, datetime) else str(part) for part in parts)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, parts: int) -> list[str]:
    """The parts as text. Raises `BadCursor`."""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (Error, UnicodeDecodeError, ValueError) as error:
        raise BadCursor("unreadable") from error
    found = text.split(" ", parts - 1)
    if len(found) != parts or "\0" in text:
        raise BadCursor("of another list")
    return found


def place(cursor: str) -> tuple[datetime, UUID]:
    """A time and an id: where a list by newest goes on. Raises `BadCursor`."""
    at, id_ = decode(cursor, 2)
    try:
        moment = datetime.fromisoformat(at)
        return moment.astimezone(UTC), UUID(id_)
    except (ValueError, OverflowError) as error:
        raise BadCursor("of another list") from error
