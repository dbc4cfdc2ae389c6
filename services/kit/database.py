"""Postgres: a pool whose connections speak JSON, and nothing else on top of asyncpg."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

import asyncpg
import orjson
from asyncpg.pool import PoolConnectionProxy

Record = asyncpg.Record
Connection = PoolConnectionProxy  # what a transaction works on
LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.InternalClientError,
)


class Database:
    """`async with Database(url) as db`: the pool lives as long as the block."""

    def __init__(self, url: str, name: str, connections: int = 10, search_path: str | None = None) -> None:
        """`search_path`: schemas, commas between, where tables are looked for; the role's own when left out."""
        self._url, self._name, self._connections = url, name, connections
        self._settings = {"search_path": search_path} if search_path else {}
        self._pool: asyncpg.Pool[Record] | None = None

    async def __aenter__(self) -> Self:
        self._pool = await asyncpg.create_pool(
            self._url,
            min_size=1,
            max_size=self._connections,
            init=_speak_json,
            reset=_as_it_was,
            server_settings={"application_name": self._name, "jit": "off", **self._settings},
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._pool:
            self._pool.terminate()  # whoever still waits would only hold up the end

    @property
    def pool(self) -> "asyncpg.Pool[Record]":
        if self._pool is None:
            raise RuntimeError("the database is used outside its `async with`")
        return self._pool

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator["Connection[Record]"]:
        async with self.pool.acquire() as connection:
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator["Connection[Record]"]:
        """READ COMMITTED. Commits when the block ends, rolls back when it raises."""
        async with self.pool.acquire() as connection, connection.transaction():
            yield connection

    async def fetch(self, sql: str, *args: object) -> Sequence[Record]:
        return await self.pool.fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: object) -> Record | None:
        return await self.pool.fetchrow(sql, *args)

    async def fetchval(self, sql: str, *args: object) -> Any:
        return await self.pool.fetchval(sql, *args)

    async def execute(self, sql: str, *args: object) -> str:
        return await self.pool.execute(sql, *args)

    async def dedicated(self, idle_seconds: float | None = None) -> "asyncpg.Connection[Record]":
        """A connection of one's own, for a session lock that must live as long as its holder.

        With `idle_seconds` the server ends it when nothing was asked for so long.
        """
        settings = {"application_name": f"{self._name} session"}
        if idle_seconds is not None:
            settings["idle_session_timeout"] = f"{int(idle_seconds * 1000)}ms"
        connection = await asyncpg.connect(self._url, server_settings=settings)
        await _speak_json(connection)
        return connection


async def _as_it_was(connection: "asyncpg.Connection[Record]") -> None:
    """Nobody here changes a session, so the server need not be asked to undo it: a round trip each time.

    A transaction that is still open is rolled back by asyncpg all the same.
    """


async def _speak_json(connection: "asyncpg.Connection[Record] | Connection[Record]") -> None:
    await connection.set_type_codec(
        "jsonb", encoder=lambda value: orjson.dumps(value).decode(), decoder=orjson.loads, schema="pg_catalog"
    )
