"""The new version beside the live one: which streams differ, while both go on."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from services.kit.database import Record
from services.kit.recipe import Table

ROUNDS = 5
PAUSE_SECONDS = 0.05
NAMED = 5
MOST = 1_000  # streams named


@dataclass
class Compared:
    """`different` at the same version, and so for good; `moving` were never seen at the same version."""

    different: set[UUID] = field(default_factory=set)
    moving: set[UUID] = field(default_factory=set)

    def __str__(self) -> str:
        some = ", ".join(map(str, sorted(self.different)[:NAMED]))
        differ = (
            f"{len(self.different)} streams differ and will be mended ({some})" if self.different else "no difference"
        )
        return differ + (f"; {len(self.moving)} changed all the while" if self.moving else "")


async def compare(
    db: "asyncpg.Connection[Record]",
    tables: Sequence[Table],
    schema: str,
    catch_up: Callable[[], Awaitable[object]],
) -> Compared:
    """Of the first 1,000 streams that differ. The first table has one row a stream, its version in `seq`."""
    found = Compared()
    rows = await db.fetch(f"{differing(tables, schema)} limit {MOST}")
    for _ in range(ROUNDS):
        found.moving = {row["stream"] for row in rows if row["live"] != row["new"]}
        found.different |= {row["stream"] for row in rows} - found.moving
        if not found.moving:
            break
        await catch_up()
        await asyncio.sleep(PAUSE_SECONDS)
        rows = await db.fetch(differing(tables, schema, of_streams=True), list(found.moving))
    alone = {row["stream"] for row in rows if None in (row["live"], row["new"])}
    return Compared(found.different | alone, found.moving - alone)


def differing(tables: Sequence[Table], schema: str, of_streams: bool = False) -> str:
    """One statement, and so one snapshot: streams with other rows in one version, and both versions of each."""
    ours, theirs = f"public.{tables[0].name}", f"{schema}.{tables[0].name}"
    key = tables[0].stream
    sides = " union ".join(
        f"select {table.stream} as stream"
        f" from ({_rows(table, one, of_streams)} except all {_rows(table, other, of_streams)}) d"
        for table in tables
        for one, other in (("public", schema), (schema, "public"))
    )
    return (
        f"select stream, (select seq from {ours} where {key} = stream) as live,"
        f" (select seq from {theirs} where {key} = stream) as new from ({sides}) found"
    )


def _rows(table: Table, schema: str, of_streams: bool) -> str:
    which = f" where {table.stream} = any($1)" if of_streams else ""
    return f"select {', '.join(table.columns)} from {schema}.{table.name}{which}"
