"""The hallway: cards of rooms, newest first, with the names of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from contracts.topics import TOPICS
from services.directory.queries import people
from services.directory.queries.cursors import encode, place
from services.directory.queries.people import FORMER_MEMBER
from services.kit.database import Database, Record


@dataclass(frozen=True)
class Filter:
    """Which rooms somebody wants to see; `clubs` are those they follow: rooms of these, and of no club."""

    clubs: frozenset[UUID] | None = None
    club_id: UUID | None = None
    topic_id: UUID | None = None
    states: tuple[str, ...] = ("live",)

    def takes(self, club_id: UUID | None, topic_id: UUID | None) -> bool:
        """The same rule as in SQL, for cards that come by."""
        followed = self.clubs is None or club_id is None or club_id in self.clubs
        return followed and self.club_id in (None, club_id) and self.topic_id in (None, topic_id)


@dataclass(frozen=True)
class Panellist:
    user_id: UUID
    role: str
    name: str


@dataclass(frozen=True)
class CardView:
    id: UUID
    name: str
    club_id: UUID | None
    club_name: str | None
    topic_id: UUID | None
    panel: list[Panellist]
    panel_count: int
    participant_count: int
    started_at: datetime | None
    listed_at: datetime
    state: str
    seq: int

    @property
    def topic(self) -> str | None:
        return TOPICS.get(self.topic_id) if self.topic_id else None


@dataclass(frozen=True)
class Page:
    rooms: list[CardView]
    next_cursor: str | None


async def page(database: Database, wanted: Filter, limit: int, cursor: str | None = None) -> Page:
    """Newest first. Raises `BadCursor`."""
    args: list[Any] = [limit + 1, list(wanted.states)]
    conditions = ["room.state <> 'ended'", "room.state = any($2)"]

    def where(condition: str, *values: object) -> None:
        numbers = [f"${len(args) + n}" for n in range(1, len(values) + 1)]
        args.extend(values)
        conditions.append(condition.format(*numbers))

    if wanted.clubs is not None:
        where(OF_CLUBS, list(wanted.clubs))
    if wanted.club_id is not None:
        where(OF_CLUB, wanted.club_id)
    if wanted.topic_id is not None:
        where(OF_TOPIC, wanted.topic_id)
    if cursor is not None:
        where(BEFORE, *place(cursor))
    newest = f"select * from room_card room where {' and '.join(conditions)} {NEWEST} limit $1"
    rows = await database.fetch(f"{CARDS.format(f'({newest})')} {NEWEST}", *args)
    cards = await _with_names(database, rows[:limit])
    more = len(rows) > limit
    return Page(cards, encode(cards[-1].listed_at, cards[-1].id) if more else None)


async def cards_of(database: Database, room_ids: Sequence[UUID]) -> list[CardView]:
    """The cards of these rooms as they are now, ended ones too."""
    return await _with_names(
        database, await database.fetch(f"{CARDS.format('room_card')} where room.id = any($1)", room_ids)
    )


async def _with_names(database: Database, rows: Sequence[Record]) -> list[CardView]:
    """Names are joined when read, by primary key: a rename is one row."""
    panels = {row["id"]: [(UUID(each["user_id"]), each["role"]) for each in row["panel"]] for row in rows}
    names = await people.names(database, (user for panel in panels.values() for user, _ in panel))
    return [
        CardView(
            **{
                **row,
                "panel": [Panellist(user, role, names.get(user, FORMER_MEMBER)) for user, role in panels[row["id"]]],
            }
        )
        for row in rows
    ]


# The page is found first and joined then: a join inside would make the planner sort all rooms for some filters.
CARDS = """
select room.id, room.name, room.club_id, club.name as club_name, coalesce(room.topic_id, club.topic_id) as topic_id,
       room.panel, room.panel_count, room.participant_count, room.started_at, room.listed_at, room.state, room.seq
from {} room left join clubs club on club.id = room.club_id
"""
OF_CLUBS = "(room.club_id is null or room.club_id = any({}))"
OF_CLUB = "room.club_id = {}"
OF_TOPIC = """
(room.topic_id = {0} or (room.topic_id is null and room.club_id in (select id from clubs where topic_id = {0})))
"""
BEFORE = "(room.listed_at, room.id) < ({}, {})"
NEWEST = "order by room.listed_at desc, room.id desc"
