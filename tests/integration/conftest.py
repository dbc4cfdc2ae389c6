"""A database of its own for a test of the kit alone."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from hallway.stack import Stack
from services.kit.database import Database
from services.kit.migrations import migrate

NAME = "kit_test"


@pytest.fixture
async def database(stack: Stack) -> AsyncIterator[Database]:
    admin = await asyncpg.connect(stack.databases.admin_url)
    await admin.execute(f"drop database if exists {NAME} with (force)")
    await admin.execute(f"create database {NAME}")
    url = urlunsplit(urlsplit(stack.databases.admin_url)._replace(path=f"/{NAME}"))
    try:
        await migrate(url, "services.rooms")
        async with Database(url, "test") as database:
            yield database
    finally:
        await admin.execute(f"drop database if exists {NAME} with (force)")
        await admin.close()
