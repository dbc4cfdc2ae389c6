"""The new version's tables: like the live ones, with the same names, in a schema of their own."""

from typing import Any, TypeAlias

import asyncpg

from services.kit.database import Record
from services.kit.recipe import Recipe

Session: TypeAlias = "asyncpg.Connection[Record]"


async def create(db: Session, recipe: Recipe[Any, Any], schema: str) -> None:
    """Without indexes: they are quicker made when the rows are there. Those that triggers look into have theirs."""
    await db.execute(f"create schema {schema}")
    for table in recipe.all_tables:
        await db.execute(f"create table {schema}.{table} (like public.{table} {LIKE})")
        options = await db.fetchval(OPTIONS, f"public.{table}")
        if options:
            await db.execute(f"alter table {schema}.{table} set ({options})")
    for table in recipe.derived:
        await index(db, table, schema)
    for table in recipe.all_tables:
        for row in await db.fetch(TRIGGERS, f"public.{table}"):
            await db.execute(_moved(row["definition"], table, schema))


async def index(db: Session, table: str, schema: str) -> None:
    """Indexes and keys with the names they have on the live table. Concurrently: a long transaction stops relays."""
    for row in await db.fetch(INDEXES, table):
        await db.execute(_moved(row["indexdef"], table, schema).replace(" INDEX ", " INDEX CONCURRENTLY ", 1))
    for row in await db.fetch(KEYS, f"public.{table}"):
        name = row["conname"]
        await db.execute(f"alter table {schema}.{table} add constraint {name} {row['kind']} using index {name}")
    await analyze(db, table, schema)


async def analyze(db: Session, table: str, schema: str) -> None:
    await db.execute(f"analyze {schema}.{table}")


async def drop(db: Session, schema: str) -> None:
    await db.execute(f"drop schema if exists {schema} cascade")


def _moved(definition: str, table: str, schema: str) -> str:
    """An index's or a trigger's definition, of the new table instead of the live one."""
    return definition.replace(f" ON public.{table} ", f" ON {schema}.{table} ", 1)


LIKE = "including all excluding indexes"
OPTIONS = "select array_to_string(reloptions, ', ') from pg_class where oid = $1::text::regclass"
INDEXES = "select indexdef from pg_indexes where schemaname = 'public' and tablename = $1 order by indexname"
KEYS = """
select conname, case contype when 'p' then 'primary key' else 'unique' end as kind
from pg_constraint where conrelid = $1::text::regclass and contype in ('p', 'u')
"""
TRIGGERS = """
select pg_get_triggerdef(oid) as definition from pg_trigger where tgrelid = $1::text::regclass and not tgisinternal
"""
