"""Search: rooms by their name, their club and the people on stage; people and clubs by their names.

Postgres finds what may match by its keys, as many as can be judged quickly, the surest first; `matching` judges.
"""

from collections.abc import Sequence
from uuid import UUID

from services.directory.queries.matching import Typed
from services.kit.database import Database, Record

ROOMS_RANKED = 500
SHOWN = 20  # people, clubs


async def people(database: Database, text: str, limit: int = SHOWN) -> list[UUID]:
    """Those whose names or usernames match, the best first."""
    return [row["id"] for row in await _found(database, text, PEOPLE)][:limit]


async def clubs(database: Database, text: str, topic_id: UUID | None, limit: int = SHOWN) -> list[UUID]:
    """Those whose names match, the best first, then the most followed."""
    rows = await _found(database, text, CLUBS)
    return [row["id"] for row in rows if topic_id in (None, row["topic_id"])][:limit]


async def rooms(database: Database, text: str, states: Sequence[str]) -> list[UUID]:
    """At most 500 that match in what a card shows, the best first, then the newest; also such as the viewer may not
    know of. Ids are looked up first: joined at once, everything would be read.
    """
    typed = Typed.of(text)
    keys = await database.fetchrow(KEYS, typed.all_of, typed.some_of) if typed.all_of else None
    if keys is None:
        return []
    others = await database.fetch(ROOMS_OF, keys["clubs"], keys["people"])
    room_ids = {*keys["rooms"], *(row["id"] for row in others)}
    return [row["id"] for row in _best(typed, await database.fetch(ROOMS, room_ids, states))][:ROOMS_RANKED]


async def _found(database: Database, text: str, sql: str) -> list[Record]:
    """What matches, the best first; among equals in the order of the SQL."""
    typed = Typed.of(text)
    if not typed.all_of:  # nothing but single letters
        return []
    return _best(typed, await database.fetch(sql, typed.all_of, typed.some_of))


def _best(typed: Typed, rows: Sequence[Record]) -> list[Record]:
    scored = [(typed.score(row["texts"]), row) for row in rows]
    return [row for score, row in sorted(scored, key=lambda each: -each[0]) if score > 0]


PEOPLE = """
select id, array[name, username] as texts from users where id in (
    (select id from users where search_keys(name || ' ' || username) @> $1::text[] limit 500)
    union (select id from users where search_keys(name || ' ' || username) && $2::text[] limit 500)
) order by length(name), name, id
"""
CLUBS = """
select id, topic_id, array[name] as texts from clubs where id in (
    (select id from clubs where search_keys(name) @> $1::text[] limit 500)
    union (select id from clubs where search_keys(name) && $2::text[] limit 500)
) order by follower_count desc, name, id
"""
KEYS = """
select array(
    (select room_id from room_search where keys @> $1::text[] limit 500)
    union (select room_id from room_search where keys && $2::text[] limit 500)
) as rooms, array(
    (select id from clubs where search_keys(name) @> $1::text[] limit 500)
    union (select id from clubs where search_keys(name) && $2::text[] limit 200)
) as clubs, array(
    (select id from users where search_keys(name || ' ' || username) @> $1::text[] limit 3000)
    union (select id from users where search_keys(name || ' ' || username) && $2::text[] limit 500)
) as people
"""
ROOMS_OF = """
(select id from room_card where state <> 'ended' and club_id = any($1) order by listed_at desc limit 500)
union (select room_id from participants where user_id = any($2) and role <> 'AUDIENCE' limit 500)
"""
ROOMS = """
select room.id, array[room.name, coalesce(club.name, '')] || array(
    select said from participants p join users u on u.id = p.user_id, unnest(array[u.name, u.username]) said
    where p.room_id = room.id and p.role <> 'AUDIENCE' limit 40
) as texts
from room_card room left join clubs club on club.id = room.club_id
where room.id = any($1) and room.state = any($2)
order by room.listed_at desc, room.id desc
"""
