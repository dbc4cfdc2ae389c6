"""Numbered SQL files, each applied once, in order: the kit's first, then the service's own.

Run: python -m services.kit.migrations services.rooms (the address of the database in DATABASE_URL)
"""

import asyncio
import os
import sys
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

import asyncpg

KIT = "services.kit"


class Changed(Exception):
    """A file that was applied is no longer what it was."""


async def migrate(url: str, package: str) -> list[str]:
    """Apply what is new and return its names. Several processes may call it at once: one works, the others wait.

    Raises `Changed` when an applied file was edited afterwards.
    """
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("set transaction_timeout = 0")  # a migration may take its time
        await connection.execute(LOCK)
        await connection.execute(TABLE)
        return [name for each in (KIT, package) for name in await _apply(connection, each)]
    finally:
        await connection.close()


async def _apply(connection: "asyncpg.Connection[asyncpg.Record]", package: str) -> list[str]:
    done = {row["name"]: row["sha256"] for row in await connection.fetch(DONE, package)}
    applied = []
    for file in _files(package):
        text = file.read_text()
        digest = sha256(text.encode()).hexdigest()
        if done.get(file.name, digest) != digest:
            raise Changed(f"{package}/{file.name} was changed after it had been applied; write a new file instead")
        if file.name not in done:
            async with connection.transaction():
                await connection.execute(text)
                await connection.execute(RECORD, package, file.name, digest)
            applied.append(f"{package}/{file.name}")
    return applied


def _files(package: str) -> list[Traversable]:
    folder = files(package).joinpath("migrations")
    return sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)


LOCK = "select pg_advisory_lock(hashtextextended('migrations', 0))"
TABLE = """
create table if not exists schema_migrations (
    package text, name text, sha256 text not null, at timestamptz not null default now(), primary key (package, name)
)
"""
DONE = "select name, sha256 from schema_migrations where package = $1"
RECORD = "insert into schema_migrations (package, name, sha256) values ($1, $2, $3)"

if __name__ == "__main__":
    for migration in asyncio.run(migrate(os.environ["DATABASE_URL"], sys.argv[1])):
        print(migration)
