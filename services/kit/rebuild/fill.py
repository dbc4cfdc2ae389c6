"""Some partitions of the log, folded in memory and copied into the new tables; in a process of its own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import asyncpg
import orjson

from contracts.base import Fact
from services.kit import parking
from services.kit.database import Database, Record
from services.kit.rebuild.names import Names
from services.kit.recipe import Recipe, Row
from services.kit.refold import Refold
from services.kit.replay import Replay

F = TypeVar("F", bound=Fact)
S = TypeVar("S")
COPIED = 5_000  # rows a transaction: a longer one would hold up every relay, and is ended by the server after 2 s
# A trigger's plan is made when the tables are empty: reading all of one would stay its way when they have grown.
BY_INDEX = {"enable_seqscan": "off"}


async def fill(
    url: str,
    database: Database,
    log: Replay,
    recipe: Recipe[F, S],
    partitions: Sequence[int],
    folded: Callable[[int], None],
) -> None:
    """Up to where the log ends now."""
    beginnings, ends = await log.beginnings(), await log.ends()
    settings = {"search_path": Names(recipe.name).search_path, **BY_INDEX}  # for triggers
    into = await asyncpg.connect(url, server_settings=settings)
    try:
        for partition in partitions:
            refold = Refold(log, recipe, partition, beginnings[partition], folded)
            await refold.advance(ends[partition])
            await _copy(into, recipe, refold)
            await _stand(database, recipe, refold)
    finally:
        await into.close()


async def _copy(into: "asyncpg.Connection[Record]", recipe: Recipe[F, S], refold: Refold[F, S]) -> None:
    schema = Names(recipe.name).schema
    for table in recipe.tables:
        for rows in _parts(refold.memory.rows(table, refold.memory.streams())):
            await into.copy_records_to_table(
                table.name, records=map(_as_sent, rows), columns=table.columns, schema_name=schema
            )


async def _stand(database: Database, recipe: Recipe[Any, Any], refold: Refold[F, S]) -> None:
    """Where the new version's projection goes on, and what is parked there."""
    name, replica = Names(recipe.name).new, refold.replica
    async with database.transaction() as db:
        await db.execute(STAND, name, recipe.topic.name, refold.partition, refold.at)
        for stream, stop in replica.parked.items():
            await parking.park(db, name, stream, stop.reason)
            await parking.bury(db, name, stream, stop.waiting, stop.reason)
        for step in replica.nobodys:
            await parking.bury(db, name, None, [step], step.error or "")


def _parts(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while part := list(islice(left, COPIED)):
        yield part


def _as_sent(row: Row) -> Row:
    """COPY sends jsonb as text."""
    return tuple(orjson.dumps(value).decode() if isinstance(value, dict | list) else value for value in row)


STAND = "insert into projection_offsets (projection, topic, partition, next_offset) values ($1, $2, $3, $4)"
