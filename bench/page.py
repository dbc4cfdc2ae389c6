"""One page of the hallway: our query, and the tutorial's kind of SQL on the same server with the same rooms."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import asyncpg
import uvloop

from bench.crowded import CLUBS_FOLLOWED, Crowded
from bench.measuring import Figure, percentile, timed
from bench.place import only_postgres
from services.directory.queries import rooms
from services.directory.queries.listing import Filter
from services.directory.queries.rooms import Page
from services.kit.collecting import collect_seldom
from services.kit.database import Database, Record

LIMIT = 100
SIZES = (12, 1_000, 50_000)  # live rooms of 20 people
ROUNDS, PAGES = 5, 60  # pages of ours a round, for one of the tutorial's


async def measure() -> list[Figure]:
    async with only_postgres() as databases:
        # On the loop that the services run on; it cannot start Postgres, as whom Postgres wants to run.
        return await asyncio.to_thread(uvloop.run, _measure(databases.url("directory")))


async def _measure(url: str) -> list[Figure]:
    figures: list[Figure] = []
    # The tutorial's query takes longer than a service's role may.
    plain = await asyncpg.connect(url, server_settings={"transaction_timeout": "0", "jit": "off"})
    try:
        async with Database(url, "bench", connections=4) as database:
            collect_seldom()  # as the services do
            crowded = Crowded(plain)
            await crowded.begin()
            for size in SIZES:
                await crowded.grow(size)
                figures += [await page(database, plain, size, each) for each in (None, *CLUBS_FOLLOWED)]
    finally:
        await plain.close()
    return figures


async def page(database: Database, plain: "asyncpg.Connection[Record]", size: int, follows: int | None) -> Figure:
    """Milliseconds: the cards and the names, made into what the door answers with."""
    user = await plain.fetchval(FOLLOWER, follows) if follows else None
    await _same(database, plain, user)
    ours, theirs, every = [], [], []
    for _ in range(ROUNDS):
        times = [await timed(_ours(database, user)) * 1000 for _ in range(PAGES)]
        theirs.append(await timed(_theirs(plain, user)) * 1000)
        ours.append(percentile(times, 50))
        every += times
    more = {"p99": percentile(every, 99), "times_faster": percentile(theirs, 50) / percentile(ours, 50)}
    who = f"who follows {follows:,} clubs" if follows else "everyone"
    target = "100 times faster, p99 < 5 ms" if size == SIZES[-1] else ""
    return Figure(f"page of {size:,} rooms for {who}", "ms", ours, theirs, "the tutorial's SQL", target, more)


async def _ours(database: Database, user: UUID | None) -> Page:
    return await rooms.page(database, Filter(follower_id=user), LIMIT)


async def _theirs(plain: "asyncpg.Connection[Record]", user: UUID | None) -> Sequence[Record]:
    if user is None:
        return await plain.fetch(TUTORIAL.format("", ""), LIMIT)
    return await plain.fetch(TUTORIAL.format(FOLLOWING, FOLLOWED), LIMIT, user)


async def _same(database: Database, plain: "asyncpg.Connection[Record]", user: UUID | None) -> None:
    """Two queries that answer the same question, or there is nothing to compare."""
    ours, theirs = await _ours(database, user), await _theirs(plain, user)
    assert [(each.name, each.club_name, each.panel_count, each.participant_count) for each in ours.rooms] == [
        (row["name"], row["club_name"], row["panel_count"], row["participant_count"]) for row in theirs
    ]


FOLLOWER = "select id from users where username = 'follows' || $1::int"
# Written for this comparison. Kinder than its model: only this user's follows are joined, not everybody's.
TUTORIAL = """
select room.id, room.name, club.name as club_name,
       (select json_agg(shown) from (
           select p.user_id, p.role, u.name from tutorial.participants p join tutorial.users u on u.id = p.user_id
           where p.room_id = room.id and p.role <> 'AUDIENCE' limit 6
       ) shown) as panel,
       count(*) filter (where someone.role <> 'AUDIENCE') as panel_count, count(*) as participant_count
from tutorial.rooms room
join tutorial.participants someone on someone.room_id = room.id
left join tutorial.clubs club on club.id = room.club_id
{} {}
group by room.id, club.name
order by room.date desc limit $1
"""
FOLLOWING = "left join tutorial.club_followers mine on mine.club_id = room.club_id and mine.user_id = $2"
FOLLOWED = "where mine.user_id is not null or room.club_id is null"
