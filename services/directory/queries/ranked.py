"""Lists by rank: ranked once, kept for five minutes, read page by page in that order while rooms come and go."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from services.directory.queries.conditions import conditions_of
from services.directory.queries.cursors import BadCursor, decode, encode
from services.directory.queries.listing import Filter
from services.directory.queries.rooms import Page, cards_of
from services.kit.database import Database
from services.kit.ids import new_id

Rank = Callable[[], Awaitable[list[UUID]]]


async def page(database: Database, wanted: Filter, rank: Rank, limit: int, cursor: str | None) -> Page:
    """Cards as they are now, of rooms that the viewer may know of now; those that ended are left out.

    Raises `BadCursor`.
    """
    list_id, start, room_ids = await _kept(database, cursor) if cursor else (new_id(), 0, await rank())
    found = await conditions_of(database, wanted, room_ids[start:])
    rows = await database.fetch(f"select id from room_card room where room.id = any($1) and {found.sql}", *found.args)
    there = {row["id"] for row in rows}
    places = [place for place in range(start, len(room_ids)) if room_ids[place] in there][: limit + 1]
    more = places[limit] if len(places) > limit else None
    if more is not None and cursor is None:
        await database.execute(KEEP, list_id, room_ids)
    cards = {card.id: card for card in await cards_of(database, [room_ids[place] for place in places[:limit]])}
    shown = [cards[room_ids[place]] for place in places[:limit] if room_ids[place] in cards]
    return Page(shown, encode("ranked", list_id, more) if more is not None else None)


async def _kept(database: Database, cursor: str) -> tuple[UUID, int, list[UUID]]:
    list_id, start = _place(cursor)
    room_ids = await database.fetchval(KEPT, list_id)
    if room_ids is None:
        raise BadCursor("older than five minutes")
    return list_id, start, list(room_ids)


def _place(cursor: str) -> tuple[UUID, int]:
    kind, list_id, start = decode(cursor, 3)
    try:
        if kind == "ranked" and start.isascii() and start.isdecimal():
            return UUID(list_id), int(start)
    except ValueError as error:
        raise BadCursor("of another list") from error
    raise BadCursor("of another list")


KEEP = """
with old as (delete from ranked_lists where made_at < now() - interval '5 minutes')
insert into ranked_lists (id, room_ids) values ($1, $2)
"""
KEPT = "select room_ids from ranked_lists where id = $1 and made_at >= now() - interval '5 minutes'"
