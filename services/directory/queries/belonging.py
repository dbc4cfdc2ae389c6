"""The people of a club: its members, who waits at its door, who is kept out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.directory.queries.cursors import BadCursor, decode, encode, place
from services.directory.queries.people import FORMER_MEMBER
from services.kit.database import Database, Record


@dataclass(frozen=True)
class Named:
    user_id: UUID
    name: str
    username: str | None
    since: datetime


@dataclass(frozen=True)
class Member(Named):
    role: str


@dataclass(frozen=True)
class Waiting(Named):
    kind: str
    by: UUID | None


@dataclass(frozen=True)
class Banned(Named):
    by: UUID


@dataclass(frozen=True)
class Members:
    members: list[Member]
    next_cursor: str | None


@dataclass(frozen=True)
class AtTheDoor:
    waiting: list[Waiting]
    next_cursor: str | None


@dataclass(frozen=True)
class Bans:
    bans: list[Banned]
    next_cursor: str | None


async def members(database: Database, club_id: UUID, limit: int, cursor: str | None) -> Members:
    """The founder, the admins, then the others by time. Raises `BadCursor`."""
    rank, at, id_ = _ranked(cursor) if cursor else (None, None, None)
    rows = await database.fetch(MEMBERS, club_id, limit + 1, rank, at, id_)
    found = [Member(**_named(row), role=row["role"]) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    return Members(found, encode(last["rank"], last["since"], last["user_id"]) if last else None)


async def waiting(database: Database, club_id: UUID, kind: str, limit: int, cursor: str | None) -> AtTheDoor:
    """Who has waited longest is first. Raises `BadCursor`."""
    at, id_ = place(cursor) if cursor else (None, None)
    rows = await database.fetch(WAITING, club_id, limit + 1, at, id_, kind)
    found = [Waiting(**_named(row), kind=row["kind"], by=row["by"]) for row in rows[:limit]]
    return AtTheDoor(found, encode(found[-1].since, found[-1].user_id) if len(rows) > limit else None)


async def bans(database: Database, club_id: UUID, limit: int, cursor: str | None) -> Bans:
    """The latest first. Raises `BadCursor`."""
    at, id_ = place(cursor) if cursor else (None, None)
    rows = await database.fetch(BANS, club_id, limit + 1, at, id_)
    found = [Banned(**_named(row), by=row["by"]) for row in rows[:limit]]
    return Bans(found, encode(found[-1].since, found[-1].user_id) if len(rows) > limit else None)


async def of_person(database: Database, user_id: UUID) -> list[UUID]:
    """The clubs in which somebody is anything at all."""
    return [row["club_id"] for row in await database.fetch(OF_PERSON, user_id)]


def _named(row: Record) -> dict[str, Any]:
    return {
        "user_id": row["user_id"],
        "name": row["name"] or FORMER_MEMBER,
        "username": row["username"],
        "since": row["since"],
    }


def _ranked(cursor: str) -> tuple[int, datetime, UUID]:
    rank, at, id_ = decode(cursor, 3)
    if rank not in ("0", "1", "2"):
        raise BadCursor("of another list")
    return int(rank), *place(encode(at, id_))


_WITH_NAMES = "u.username, u.name"
MEMBERS = f"""
select m.user_id, m.role, m.rank, m.since, {_WITH_NAMES} from club_members m left join users u on u.id = m.user_id
where m.club_id = $1
    and ($3::smallint is null or (m.rank, m.since, m.user_id) > ($3, $4::timestamptz, $5::uuid))
order by m.rank, m.since, m.user_id limit $2
"""
WAITING = f"""
select w.user_id, w.kind, w.by, w.since, {_WITH_NAMES} from club_waiting w left join users u on u.id = w.user_id
where w.club_id = $1 and w.kind = $5 and ($3::timestamptz is null or (w.since, w.user_id) > ($3, $4::uuid))
order by w.since, w.user_id limit $2
"""
BANS = f"""
select b.user_id, b.by, b.since, {_WITH_NAMES} from club_bans b left join users u on u.id = b.user_id
where b.club_id = $1 and ($3::timestamptz is null or (b.since, b.user_id) < ($3, $4::uuid))
order by b.since desc, b.user_id desc limit $2
"""
OF_PERSON = """
select club_id from club_members where user_id = $1
union
select club_id from club_followers where user_id = $1
union
select club_id from club_waiting where user_id = $1
"""
