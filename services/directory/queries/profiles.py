"""A person's page: what they say of themselves, and how whoever asks stands to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.directory.queries.cursors import encode, place
from services.directory.queries.people import Someone
from services.kit.database import Database, Record


@dataclass(frozen=True)
class Profile(Someone):
    bio: str = ""
    links: tuple[str, ...] = ()
    follower_count: int = 0
    following_count: int = 0
    mutual_count: int = 0
    followed: bool = False
    follows_me: bool = False
    blocked: bool = False


@dataclass(frozen=True)
class Acquaintance(Someone):
    followed: bool = False


@dataclass(frozen=True)
class Page:
    users: list[Acquaintance]
    next_cursor: str | None


async def profile(database: Database, user_id: UUID, viewer_id: UUID | None) -> Profile | None:
    row = await database.fetchrow(PROFILE, user_id, viewer_id)
    return Profile(**row) if row else None


async def followers(database: Database, user_id: UUID, viewer_id: UUID | None, limit: int, cursor: str | None) -> Page:
    """The latest first. Raises `BadCursor`."""
    return await _page(database, FOLLOWERS, user_id, viewer_id, limit, cursor)


async def following(database: Database, user_id: UUID, viewer_id: UUID | None, limit: int, cursor: str | None) -> Page:
    """The latest first. Raises `BadCursor`."""
    return await _page(database, FOLLOWING, user_id, viewer_id, limit, cursor)


async def mutuals(database: Database, user_id: UUID, viewer_id: UUID, limit: int, cursor: str | None) -> Page:
    """Those followers whom the viewer follows, too; whom they followed last first. Raises `BadCursor`."""
    return await _page(database, MUTUALS, user_id, viewer_id, limit, cursor)


async def _page(
    database: Database, sql: str, user_id: UUID, viewer_id: UUID | None, limit: int, cursor: str | None
) -> Page:
    at, id_ = place(cursor) if cursor else (None, None)
    rows = await database.fetch(sql, user_id, viewer_id, limit + 1, at, id_)
    last = rows[limit - 1] if len(rows) > limit else None
    users = [_acquaintance(row) for row in rows[:limit]]
    return Page(users, encode(_since(last), last["id"]) if last else None)


def _acquaintance(row: Record) -> Acquaintance:
    return Acquaintance(**{name: value for name, value in row.items() if name != "followed_at"})


def _since(row: Record) -> datetime:
    since: datetime = row["followed_at"]
    return since


PROFILE = """
select u.id, u.username, u.name, u.joined_at, u.bio, u.links,
       (select count(*) from user_follows where followed_id = $1) as follower_count,
       (select count(*) from user_follows where follower_id = $1) as following_count,
       (select count(*) from user_follows mine join user_follows theirs on theirs.follower_id = mine.followed_id
        where mine.follower_id = $2 and theirs.followed_id = $1) as mutual_count,
       exists (select from user_follows where follower_id = $2 and followed_id = $1) as followed,
       exists (select from user_follows where follower_id = $1 and followed_id = $2) as follows_me,
       exists (select from user_blocks where blocker_id = $2 and blocked_id = $1) as blocked
from users u where u.id = $1
"""
_SHOWN = """
select u.id, u.username, u.name, u.joined_at, f.followed_at,
       exists (select from user_follows mine where mine.follower_id = $2 and mine.followed_id = u.id) as followed
"""
FOLLOWERS = f"""
{_SHOWN} from user_follows f join users u on u.id = f.follower_id
where f.followed_id = $1 and ($4::timestamptz is null or (f.followed_at, f.follower_id) < ($4, $5::uuid))
order by f.followed_at desc, f.follower_id desc limit $3
"""
FOLLOWING = f"""
{_SHOWN} from user_follows f join users u on u.id = f.followed_id
where f.follower_id = $1 and ($4::timestamptz is null or (f.followed_at, f.followed_id) < ($4, $5::uuid))
order by f.followed_at desc, f.followed_id desc limit $3
"""
MUTUALS = f"""
{_SHOWN} from user_follows f join users u on u.id = f.followed_id
where f.follower_id = $2 and ($4::timestamptz is null or (f.followed_at, f.followed_id) < ($4, $5::uuid))
    and exists (select from user_follows theirs where theirs.follower_id = f.followed_id and theirs.followed_id = $1)
order by f.followed_at desc, f.followed_id desc limit $3
"""
