"""One of many instances does it at a time: whoever holds a lock of the database, for as long as its session lives."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg

from services.kit.database import Database, Record

RETRY_SECONDS = 1.0


@asynccontextmanager
async def leading(
    database: Database, name: str, standing_by: Callable[[], None] | None = None, idle_seconds: float | None = None
) -> "AsyncIterator[asyncpg.Connection[Record]]":
    """Waits until no other instance holds `name`; `standing_by` is called while one does. Gives the session.

    The lock goes with the session: when this process dies, at once; when it is frozen, after `idle_seconds` without a
    question on it, if so many are given. Whoever leads asks on the session, and so learns that it is over. Raises what
    the database raises.
    """
    session = await database.dedicated(idle_seconds)
    try:
        while not await session.fetchval(LOCK, name):
            if standing_by:
                standing_by()
            await asyncio.sleep(RETRY_SECONDS)
        yield session
    finally:
        session.terminate()


LOCK = "select pg_try_advisory_lock(hashtextextended($1, 0))"  # tried, not waited for: a wait is a transaction too
