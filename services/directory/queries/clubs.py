"""Clubs, as a viewer sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.topics import TOPICS
from services.directory.queries.cursors import BadCursor, decode, encode, place
from services.kit.database import Database, Record


@dataclass(frozen=True)
class ClubView:
    """`followed` and what comes after it are about the viewer."""

    id: UUID
    name: str
    topic_id: UUID
    topic: str | None
    description: str
    rules: str
    admission: str
    founder_id: UUID
    admin_ids: list[UUID]
    follower_count: int
    member_count: int
    followed: bool
    role: str | None
    waiting: str | None
    banned: bool


@dataclass(frozen=True)
class Page:
    clubs: list[ClubView]
    next_cursor: str | None


@dataclass(frozen=True)
class Belonging:
    club: ClubView
    role: str
    since: datetime


@dataclass(frozen=True)
class BelongingPage:
    clubs: list[Belonging]
    next_cursor: str | None


@dataclass(frozen=True)
class Invitation:
    club: ClubView
    by: UUID | None
    since: datetime


@dataclass(frozen=True)
class InvitationPage:
    invitations: list[Invitation]
    next_cursor: str | None


async def by_id(database: Database, club_id: UUID, viewer_id: UUID | None) -> ClubView | None:
    row = await database.fetchrow(f"{CLUBS} where c.id = $2", viewer_id, club_id)
    return _view(row) if row else None


async def page(
    database: Database, viewer_id: UUID | None, topic_id: UUID | None, limit: int, cursor: str | None
) -> Page:
    """By name. Raises `BadCursor`."""
    id_, name = _place(cursor) if cursor else (UUID(int=0), "")
    rows = await database.fetch(f"{CLUBS} {AFTER}", viewer_id, name, id_, topic_id, limit + 1)
    views = [_view(row) for row in rows[:limit]]
    return Page(views, encode(views[-1].id, views[-1].name) if len(rows) > limit else None)


async def of_member(
    database: Database, user_id: UUID, viewer_id: UUID | None, limit: int, cursor: str | None
) -> BelongingPage:
    """The clubs that somebody belongs to, the latest first. Raises `BadCursor`."""
    at, id_ = place(cursor) if cursor else (None, None)
    rows = await database.fetch(OF_MEMBER, user_id, limit + 1, at, id_)
    clubs = await _by_ids(database, [row["club_id"] for row in rows[:limit]], viewer_id)
    found = [Belonging(clubs[row["club_id"]], row["role"], row["since"]) for row in rows[:limit]]
    return BelongingPage(found, _next(rows, limit))


async def invitations_of(database: Database, user_id: UUID, limit: int, cursor: str | None) -> InvitationPage:
    """Where somebody is invited, the latest first. Raises `BadCursor`."""
    at, id_ = place(cursor) if cursor else (None, None)
    rows = await database.fetch(INVITATIONS, user_id, limit + 1, at, id_)
    clubs = await _by_ids(database, [row["club_id"] for row in rows[:limit]], user_id)
    found = [Invitation(clubs[row["club_id"]], row["by"], row["since"]) for row in rows[:limit]]
    return InvitationPage(found, _next(rows, limit))


async def topic_followers(database: Database, viewer_id: UUID | None) -> dict[UUID, tuple[int, bool]]:
    """(how many follow it, whether the viewer does), of topics that somebody follows."""
    rows = await database.fetch(TOPIC_FOLLOWERS, viewer_id)
    return {row["topic_id"]: (row["followers"], row["followed"] or False) for row in rows}


async def _by_ids(database: Database, club_ids: list[UUID], viewer_id: UUID | None) -> dict[UUID, ClubView]:
    rows = await database.fetch(f"{CLUBS} where c.id = any($2)", viewer_id, club_ids)
    return {row["id"]: _view(row) for row in rows}


def _view(row: Record) -> ClubView:
    return ClubView(**row, topic=TOPICS.get(row["topic_id"]))


def _next(rows: Sequence[Record], limit: int) -> str | None:
    return encode(rows[limit - 1]["since"], rows[limit - 1]["club_id"]) if len(rows) > limit else None


def _place(cursor: str) -> tuple[UUID, str]:
    id_, name = decode(cursor, 2)
    try:
        return UUID(id_), name
    except ValueError as error:
        raise BadCursor("of another list") from error


CLUBS = """
select c.id, c.name, c.topic_id, c.description, c.rules, c.admission, c.founder_id, c.follower_count, c.member_count,
       array(
           select m.user_id from club_members m where m.club_id = c.id and m.role = 'admin' order by m.user_id
       ) as admin_ids,
       exists (select from club_followers f where f.user_id = $1 and f.club_id = c.id) as followed,
       (select m.role from club_members m where m.club_id = c.id and m.user_id = $1) as role,
       (select w.kind from club_waiting w where w.club_id = c.id and w.user_id = $1) as waiting,
       exists (select from club_bans b where b.club_id = c.id and b.user_id = $1) as banned
from clubs c
"""
AFTER = """
where (c.name collate "C", c.id) > ($2, $3) and ($4::uuid is null or c.topic_id = $4)
order by c.name collate "C", c.id limit $5
"""
OF_MEMBER = """
select club_id, role, since from club_members
where user_id = $1 and ($3::timestamptz is null or (since, club_id) < ($3, $4::uuid))
order by since desc, club_id desc limit $2
"""
INVITATIONS = """
select club_id, by, since from club_waiting
where user_id = $1 and kind = 'invited' and ($3::timestamptz is null or (since, club_id) < ($3, $4::uuid))
order by since desc, club_id desc limit $2
"""
TOPIC_FOLLOWERS = """
select topic_id, count(*) as followers, bool_or(user_id = $1) as followed from user_topics group by topic_id
"""
