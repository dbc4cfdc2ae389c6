"""The new version takes the live one's place, in one short transaction.

The offsets are locked first: the live projector waits there, before it touches a table. Then the new version is brought
to where the live one stands, or further, and the tables change over. Readers wait for that at their next statement,
and nobody for long: a lock not had at once is given up with all the others, before a deadlock would be looked for.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import asyncpg

from services.kit.database import Record
from services.kit.rebuild.names import Names

TRIES = 200
PAUSE_SECONDS = 0.05
BUSY = (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError, asyncpg.QueryCanceledError)


class TooBusy(Exception):
    """The locks were never to be had; everything is as it was."""


async def swap(
    db: "asyncpg.Connection[Record]",
    tables: Sequence[str],
    names: Names,
    catch_up: Callable[[dict[int, int]], Awaitable[object]],
) -> int:
    """`catch_up` brings the new version to offsets. Returns how many tries it took. Raises `TooBusy`."""
    await db.execute(f"create schema {names.former}")
    for number in range(1, TRIES + 1):
        try:
            await catch_up(_offsets(await db.fetch(OFFSETS, names.live)))  # so that little is left to do under the lock
            async with db.transaction():
                await db.execute(WITH_PROJECTORS)
                live = _offsets(await db.fetch(f"{OFFSETS} for update", names.live))
                await catch_up(live)
                await db.execute(WITH_READERS)
                await _change_over(db, tables, names)
                await _take_place(db, names)
            return number
        except BUSY:
            await asyncio.sleep(PAUSE_SECONDS)
    raise TooBusy(f"{names.live}: after {TRIES} tries somebody else still holds what is to be changed over")


async def _change_over(db: "asyncpg.Connection[Record]", tables: Sequence[str], names: Names) -> None:
    await db.execute(f"lock table {', '.join(f'public.{table}' for table in tables)} in access exclusive mode")
    for table in tables:
        await db.execute(f"alter table public.{table} set schema {names.former}")
        await db.execute(f"alter table {names.schema}.{table} set schema public")


async def _take_place(db: "asyncpg.Connection[Record]", names: Names) -> None:
    """The new version's offsets and parked streams are the live ones from now on."""
    await db.execute(MOVE_OFFSETS, names.live, names.new)
    await db.execute("delete from projection_offsets where projection = $1", names.new)
    for table in ("parked_streams", "dead_letters"):
        await db.execute(f"delete from {table} where projection = $1", names.live)
        await db.execute(f"update {table} set projection = $1 where projection = $2", names.live, names.new)


def _offsets(rows: Sequence[Record]) -> dict[int, int]:
    return {row["partition"]: row["next_offset"] for row in rows}


WITH_PROJECTORS = "set local lock_timeout = '900ms'"  # a batch may be in work; both are below deadlock_timeout
WITH_READERS = "set local lock_timeout = '100ms'"  # all other readers wait behind us
OFFSETS = "select partition, next_offset from projection_offsets where projection = $1 order by topic, partition"
MOVE_OFFSETS = """
insert into projection_offsets (projection, topic, partition, next_offset)
select $1, topic, partition, next_offset from projection_offsets where projection = $2
on conflict (projection, topic, partition) do update set next_offset = excluded.next_offset
"""
