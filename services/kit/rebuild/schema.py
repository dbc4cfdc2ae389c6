"""The new version's tables: like the live ones, with the same names, in a schema of their own."""

from collections.abc import Sequence
from typing import TypeAlias

import asyncpg

from services.kit.database import Record
from services.kit.recipe import Table

Session: TypeAlias = "asyncpg.Connection[Record]"


async def create(db: Session, tables: Sequence[Table], schema: str) -> None:
    """Without indexes: they are quicker made when the rows are there."""
    await db.execute(f"create schema {schema}")
    for table in tables:
        await db.execute(f"create table {schema}.{table.name} (like public.{table.name} {LIKE})")
        options = await db.fetchval(OPTIONS, f"public.{table.name}")
        if options:
            await db.execute(f"alter table {schema}.{table.name} set ({options})")


async def index(db: Session, tables: Sequence[Table], schema: str) -> None:
    """Indexes and keys with the names they have on the live tables. Concurrently: a long transaction stops relays."""
    for table in tables:
        for row in await db.fetch(INDEXES, table.name):
            await db.execute(_in(schema, table, row["indexdef"]))
        for row in await db.fetch(KEYS, f"public.{table.name}"):
            name = row["conname"]
            await db.execute(
                f"alter table {schema}.{table.name} add constraint {name} {row['kind']} using index {name}"
            )
        await db.execute(f"analyze {schema}.{table.name}")


async def drop(db: Session, schema: str) -> None:
    await db.execute(f"drop schema if exists {schema} cascade")


def _in(schema: str, table: Table, definition: str) -> str:
    """The live index's definition, for the new table."""
    there = definition.replace(f" ON public.{table.name} ", f" ON {schema}.{table.name} ", 1)
    return there.replace(" INDEX ", " INDEX CONCURRENTLY ", 1)


LIKE = "including all excluding indexes"
OPTIONS = "select array_to_string(reloptions, ', ') from pg_class where oid = $1::text::regclass"
INDEXES = "select indexdef from pg_indexes where schemaname = 'public' and tablename = $1 order by indexname"
KEYS = """
select conname, case contype when 'p' then 'primary key' else 'unique' end as kind
from pg_constraint where conrelid = $1::text::regclass and contype in ('p', 'u')
"""
