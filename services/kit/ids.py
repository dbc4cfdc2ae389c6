"""New ids and the time: the two things that doors hand in, and that no domain ever reads for itself."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import uuid_utils

Clock = Callable[[], datetime]
NewId = Callable[[], UUID]


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562 section 5.7): ids sort by the time they were made."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def now() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)
