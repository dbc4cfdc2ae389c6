"""People, as others see them; and what signing in needs to know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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
EMAIL = "select email from users where id = $1"
CREDENTIALS = """
select u.id as user_id, c.password_hash from users u left join credentials c on c.user_id = u.id
where lower(u.username) = lower($1)
"""
NAMES = "select id, name from users where id = any($1)"
FOLLOWED_CLUBS = "select club_id from club_followers where user_id = $1"
