"""The hallway: cards of rooms, newest first, with the names of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from contracts.topics import TOPICS
from services.directory.queries import people
from services.directory.queries.conditions import conditions_of
from services.directory.queries.cursors import encode, place
from services.directory.queries.listing import SCHEDULED, Filter
from services.directory.queries.people import FORMER_MEMBER
from services.kit.database import Database, Record


@dataclass(frozen=True)
class Host:
    user_id: UUID
    name: str


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
    host: Host | None  # the panel's, or of a planned room who will be

    @property
    def scheduled_for(self) -> datetime | None:
        return self.listed_at if self.state == SCHEDULED else None

    @property
    def topic(self) -> str | None:
        return TOPICS.get(self.topic_id) if self.topic_id else None


@dataclass(frozen=True)
class Page:
    rooms: list[CardView]
    next_cursor: str | None


async def page(
    database: Database,
    wanted: Filter,
    limit: int,
    cursor: str | None = None,
    among: Sequence[UUID] | None = None,
) -> Page:
    """Newest first; planned rooms alone: soonest first. `among`: of these rooms only. Raises `BadCursor`."""
    found = await conditions_of(database, wanted, limit + 1)
    if among is not None:
        found.add("room.id = any({})", among)
    if cursor is not None:
        found.add(AFTER if wanted.soonest_first else BEFORE, *place(cursor))
    order = SOONEST if wanted.soonest_first else NEWEST
    first = f"select * from room_card room where {found.sql} {order} limit $1"
    rows = await database.fetch(f"{CARDS.format(f'({first})')} {order}", *found.args)
    cards = await _with_names(database, rows[:limit])
    return Page(cards, encode(cards[-1].listed_at, cards[-1].id) if len(rows) > limit else None)


async def cards_of(database: Database, room_ids: Sequence[UUID]) -> list[CardView]:
    """The cards of these rooms as they are now, ended ones too."""
    return await _with_names(
        database, await database.fetch(f"{CARDS.format('room_card')} where room.id = any($1)", room_ids)
    )


async def _with_names(database: Database, rows: Sequence[Record]) -> list[CardView]:
    """Names are joined when read, by primary key: a rename is one row."""
    users = {_id(each["user_id"]) for row in rows for each in row["panel"]}
    users |= {row["planned_host_id"] for row in rows if row["planned_host_id"]}
    names = await people.names(database, users)
    return [_view(row, names) for row in rows]


def _view(row: Record, names: Mapping[UUID, str]) -> CardView:
    columns = {name: value for name, value in row.items() if name != "planned_host_id"}
    panel = [_panellist(_id(each["user_id"]), each["role"], names) for each in row["panel"]]
    hosts = [Host(each.user_id, each.name) for each in panel if each.role == "HOST"]
    if (planned := row["planned_host_id"]) is not None:
        hosts = [Host(planned, names.get(planned, FORMER_MEMBER))]
    return CardView(**{**columns, "panel": panel, "host": hosts[0] if hosts else None})


def _panellist(user_id: UUID, role: str, names: Mapping[UUID, str]) -> Panellist:
    return Panellist(user_id, role, names.get(user_id, FORMER_MEMBER))


# Reading an id takes as long as ten looks, and pages show the same people again and again.
_id = lru_cache(20_000)(UUID)

# The page is found first and joined then: a join inside would make the planner sort all rooms for some filters.
# Lateral and limited, or the planner reads all clubs for the hundred that it needs.
CARDS = """
select room.id, room.name, room.club_id, club.name as club_name, coalesce(room.topic_id, club.topic_id) as topic_id,
       room.panel, room.panel_count, room.participant_count, room.started_at, room.listed_at, room.state, room.seq,
       case room.state when 'scheduled' then room.awaited_host_id end as planned_host_id
from {} room left join lateral (select name, topic_id from clubs where id = room.club_id limit 1) club on true
"""
BEFORE = "(room.listed_at, room.id) < ({}, {})"
NEWEST = "order by room.listed_at desc, room.id desc"
AFTER = "(room.listed_at, room.id) > ({}, {})"
SOONEST = "order by room.listed_at, room.id"
