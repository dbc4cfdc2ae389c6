"""What rooms and clubs are about. Fixed, known to every service by id, so that no decision has to ask for them."""

from uuid import UUID

_NAMES = ("Health", "Science", "Geopolitics", "Entertainment", "Technology")

TOPICS: dict[UUID, str] = {UUID(f"00000000-0000-7000-8000-0000000000a{n}"): name for n, name in enumerate(_NAMES, 1)}


def topic_id(text: str) -> UUID | None:
    """The topic of this name (any case) or id; None when there is no such topic."""
    wanted = text.strip().casefold()
    return next((key for key, name in TOPICS.items() if wanted in (name.casefold(), str(key))), None)
