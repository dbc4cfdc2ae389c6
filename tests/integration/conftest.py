"""What some of these tests stand on besides the stack."""

from collections.abc import AsyncIterator, Callable
from typing import TypeAlias
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from aiokafka import AIOKafkaProducer

from hallway.stack import Stack
from services.kit.database import Database
from services.kit.migrations import migrate
from tests.integration.telling import ToldRoom

NAME = "kit_test"
Directory: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


@pytest.fixture
async def database(stack: Stack) -> AsyncIterator[Database]:
    """One of its own, for the kit alone."""
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


@pytest.fixture
async def directory(stack: Stack) -> AsyncIterator[Directory]:
    """The directory's database."""
    connection = await asyncpg.connect(stack.databases.url("directory"))
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture
async def new_room(stack: Stack, directory: Directory) -> AsyncIterator[Callable[[], ToldRoom]]:
    """A room that does not exist for the service rooms: the test tells its facts itself."""
    async with AIOKafkaProducer(bootstrap_servers=stack.kafka) as kafka:
        yield lambda: ToldRoom(kafka, directory)
