from collections.abc import AsyncIterator, Callable

import asyncpg
import pytest
from aiokafka import AIOKafkaProducer

from hallway.stack import Stack
from tests.integration.telling import ToldRoom


@pytest.fixture
async def new_room(stack: Stack) -> AsyncIterator[Callable[[], ToldRoom]]:
    """A room that does not exist for the service rooms: the test tells its facts itself."""
    directory = await asyncpg.connect(stack.databases.url("directory"))
    try:
        async with AIOKafkaProducer(bootstrap_servers=stack.kafka) as kafka:
            yield lambda: ToldRoom(kafka, directory)
    finally:
        await directory.close()
