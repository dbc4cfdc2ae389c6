"""Clubs, as a viewer sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from contracts.topics import TOPICS
from services.directory.queries.cursors import BadCursor, decode, encode
from services.kit.database import Database, Record


@dataclass(frozen=True)
class ClubView:
    id: UUID
    name: str
    topic: str | None
    founder_id: UUID
    admin_ids: list[UUID]
    follower_count: int
    followed: bool


@dataclass(frozen=True)
class Page:
    clubs: list[ClubView]
    next_cursor: str | None


async def by_id(database: Database, club_id: UUID, viewer_id: UUID | None) -> ClubView | None:
    row = await database.fetchrow(f"{CLUBS} where c.id = $2", viewer_id, club_id)
    return _view(row) if row else None


async def by_ids(database: Database, club_ids: Sequence[UUID], viewer_id: UUID | None) -> list[ClubView]:
    """Those who exist, in the order asked for."""
    rows = await database.fetch(f"{CLUBS} where c.id = any($2)", viewer_id, club_ids)
    found = {row["id"]: _view(row) for row in rows}
    return [found[club_id] for club_id in club_ids if club_id in found]


async def page(
    database: Database, viewer_id: UUID | None, topic_id: UUID | None, limit: int, cursor: str | None
) -> Page:
    """By name. Raises `BadCursor`."""
    id_, name = _place(cursor) if cursor else (UUID(int=0), "")
    rows = await database.fetch(f"{CLUBS} {AFTER}", viewer_id, name, id_, topic_id, limit + 1)
    views = [_view(row) for row in rows[:limit]]
    return Page(views, encode(views[-1].id, views[-1].name) if len(rows) > limit else None)


def _view(row: Record) -> ClubView:
    columns = {name: value for name, value in row.items() if name != "topic_id"}
    return ClubView(**columns, topic=TOPICS.get(row["topic_id"]))


def _place(cursor: str) -> tuple[UUID, str]:
    id_, name = decode(cursor, 2)
    try:
        return UUID(id_), name
    except ValueError as error:
        raise BadCursor("of another list") from error


CLUBS = """
select c.id, c.name, c.topic_id, c.founder_id, c.follower_count,
       array(
           select m.user_id from club_members m where m.club_id = c.id and m.role = 'admin' order by m.user_id
       ) as admin_ids,
       exists (select from club_followers f where f.user_id = $1 and f.club_id = c.id) as followed
from clubs c
"""
AFTER = """
where (c.name collate "C", c.id) > ($2, $3) and ($4::uuid is null or c.topic_id = $4)
order by c.name collate "C", c.id limit $5
"""
