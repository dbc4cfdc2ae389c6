"""People, as others see them; and what signing in needs to know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.directory.queries.cursors import encode, place
from services.kit.database import Database

FORMER_MEMBER = "a former member"


@dataclass(frozen=True)
class Someone:
    id: UUID
    username: str | None  # guests have none
    name: str
    joined_at: datetime | None = None


@dataclass(frozen=True)
class Credentials:
    user_id: UUID
    password_hash: str | None


@dataclass(frozen=True)
class BlockedPage:
    users: list[Someone]
    next_cursor: str | None


async def by_id(database: Database, user_id: UUID) -> Someone | None:
    found = await by_ids(database, [user_id])
    return found[0] if found else None


async def by_ids(database: Database, user_ids: Sequence[UUID]) -> list[Someone]:
    """Those who exist, in the order asked for."""
    people = {row["id"]: Someone(**row) for row in await database.fetch(BY_IDS, user_ids)}
    return [people[user_id] for user_id in dict.fromkeys(user_ids) if user_id in people]


async def by_username(database: Database, username: str) -> Someone | None:
    row = await database.fetchrow(BY_USERNAME, username)
    return Someone(**row) if row else None


async def blocked_by(database: Database, user_id: UUID, limit: int, cursor: str | None) -> BlockedPage:
    """Whom this person has blocked, the latest first. Raises `BadCursor`."""
    at, id_ = place(cursor) if cursor else (None, None)
    rows = await database.fetch(BLOCKED, user_id, limit + 1, at, id_)
    shown = [
        Someone(row["blocked_id"], row["username"], row["name"] or FORMER_MEMBER, row["joined_at"])
        for row in rows[:limit]
    ]
    last = rows[limit - 1] if len(rows) > limit else None
    return BlockedPage(shown, encode(last["blocked_at"], last["blocked_id"]) if last else None)


async def email(database: Database, user_id: UUID) -> str | None:
    """For the person alone."""
    found: str | None = await database.fetchval(EMAIL, user_id)
    return found


async def credentials(database: Database, username: str) -> Credentials | None:
    row = await database.fetchrow(CREDENTIALS, username)
    return Credentials(**row) if row else None


async def names(database: Database, user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """By primary key. Whoever is not there is missing in the answer."""
    return {row["id"]: row["name"] for row in await database.fetch(NAMES, list(set(user_ids)))}


async def followed_clubs(database: Database, user_id: UUID) -> list[UUID]:
    return [row["club_id"] for row in await database.fetch(FOLLOWED_CLUBS, user_id)]


BY_IDS = "select id, username, name, joined_at from users where id = any($1)"
BY_USERNAME = "select id, username, name, joined_at from users where lower(username) = lower($1)"
BLOCKED = """
select b.blocked_id, b.blocked_at, u.username, u.name, u.joined_at
from user_blocks b left join users u on u.id = b.blocked_id
where b.blocker_id = $1 and ($3::timestamptz is null or (b.blocked_at, b.blocked_id) < ($3, $4::uuid))
order by b.blocked_at desc, b.blocked_id desc limit $2
"""
EMAIL = "select email from users where id = $1"
CREDENTIALS = """
select u.id as user_id, c.password_hash from users u left join credentials c on c.user_id = u.id
where lower(u.username) = lower($1)
"""
NAMES = "select id, name from users where id = any($1)"
FOLLOWED_CLUBS = "select club_id from club_followers where user_id = $1"
