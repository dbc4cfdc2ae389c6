"""The whole of a rebuild, from an empty schema to the change of places."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer

from services.kit.database import Database, Record
from services.kit.progress import Progress
from services.kit.rebuild import schema
from services.kit.rebuild.compare import compare
from services.kit.rebuild.follower import Follower
from services.kit.rebuild.names import Names
from services.kit.rebuild.swap import swap
from services.kit.rebuild.workers import Impossible, fold
from services.kit.recipe import Recipe, Table

NEAR_SECONDS = 1.0  # a round of catching up that takes no longer: the rest is done under the lock in no time
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """`anyway`: swap also when streams are parked that were not. `workers`: processes that fold."""

    workers: int
    anyway: bool = False
    swap: bool = True


async def rebuild(recipe: Recipe[Any, Any], url: str, kafka: str, plan: Plan, tell: Tell) -> None:
    """Raises `Impossible`. Whatever it raises, also when cancelled, nothing of the new version is left."""
    names = Names(recipe.name)
    async with _session(url, names) as db:
        await _clear(db, names)
        try:
            await schema.create(db, recipe, names.schema)
            await fold(recipe, kafka, plan.workers, tell)
            tell("making indexes")
            for table in recipe.tables:
                await schema.index(db, table.name, names.schema)
            for derived in recipe.derived:
                await schema.analyze(db, derived, names.schema)
            async with _follower(recipe, url, kafka, names) as follower:
                await _catch_up(follower, tell)
                await _look(db, recipe, names, follower, plan, tell)
                if plan.swap:
                    await _catch_up(follower, tell)
                    tries = await swap(db, recipe.all_tables, names, follower.advance)
                    tell(f"swapped, at try {tries}: the new version answers")
        finally:
            await _clear(db, names)


async def clear(recipe: Recipe[Any, Any], url: str) -> None:
    """Take away what a killed rebuild left."""
    names = Names(recipe.name)
    async with _session(url, names) as db:
        await _clear(db, names)


@asynccontextmanager
async def _session(url: str, names: Names) -> "AsyncIterator[asyncpg.Connection[Record]]":
    """Holds the lock of this rebuild, and may take its time."""
    no_limit = {"transaction_timeout": "0", "idle_in_transaction_session_timeout": "0"}
    settings = {"application_name": f"rebuild {names.live}", "jit": "off", **no_limit}
    db = await asyncpg.connect(url, server_settings=settings)
    try:
        if not await db.fetchval(ALONE, f"rebuild {names.live}"):
            raise Impossible(f"another rebuild of {names.live} is at work")
        yield db
    finally:
        await db.close()


async def _clear(db: "asyncpg.Connection[Record]", names: Names) -> None:
    for each in (names.schema, names.former):
        await schema.drop(db, each)
    for statement in FORGET:
        await db.execute(statement, names.new)


@asynccontextmanager
async def _follower(recipe: Recipe[Any, Any], url: str, kafka: str, names: Names) -> AsyncIterator[Follower[Any, Any]]:
    reader = AIOKafkaConsumer(bootstrap_servers=kafka, group_id=None, auto_offset_reset="none")
    async with reader, Database(url, f"rebuild {names.live}", 2, search_path=names.search_path) as database:
        follower = Follower(reader, database, recipe)
        await follower.start()
        yield follower


async def _catch_up(follower: Follower[Any, Any], tell: Tell) -> None:
    """To where the log ended a moment ago, again and again, until that is done in a moment."""
    took = NEAR_SECONDS
    while took >= NEAR_SECONDS:
        began, ends = time.monotonic(), await follower.ends()
        progress = Progress("catching up", follower.behind(ends), tell)
        await follower.advance(ends, progress.add)
        took = time.monotonic() - began


async def _look(
    db: "asyncpg.Connection[Record]",
    recipe: Recipe[Any, Any],
    names: Names,
    follower: Follower[Any, Any],
    plan: Plan,
    tell: Tell,
) -> None:
    """Says what will be other than it is. Raises `Impossible` when the live version could read more."""

    async def catch_up() -> None:
        await follower.advance(await follower.ends())

    await catch_up()
    found = await compare(db, recipe.tables, names.schema, catch_up)
    tell(f"compared: {found}")
    worse = await db.fetch(stopped_short(recipe.tables[0], names), names.new)
    if worse and not plan.anyway:
        raise Impossible(
            f"{len(worse)} streams would be parked that were read further, such as {worse[0]['stream']}"
            f" ({worse[0]['reason']}): not swapped. If that is right, say --anyway"
        )


def stopped_short(table: Table, names: Names) -> str:
    """Parked in the new version, where the live one has read on. It may be behind, or parked there as well."""
    seq = f"coalesce((select seq from {{}}.{table.name} where {table.stream} = parked.stream), 0)"
    return (
        "select stream, reason from parked_streams parked"
        f" where projection = $1 and {seq.format('public')} > {seq.format(names.schema)}"
    )


ALONE = "select pg_try_advisory_lock(hashtextextended($1, 0))"
FORGET = (
    "delete from projection_offsets where projection = $1",
    "delete from parked_streams where projection = $1",
    "delete from dead_letters where projection = $1",
)
