"""People who come while others talk, and people who only pretend to."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count, cycle

import httpx
from OpenSSL import SSL

from bench.sound.rooms import Place, room_of
from bench.sound.service import Service
from tests.media_client.half_open import HalfOpen

HALF_OPEN = 40
VISITORS = 200  # who come again and again


@asynccontextmanager
async def joins(service: Service, a_second: float) -> AsyncIterator[list[float]]:
    """So many come every second, into a room of their own, and go at once; when (monotonic) each had come."""
    done: list[float] = []
    places, numbers = cycle(await room_of(service.rooms, 1, VISITORS)), count(1)

    async def come_and_go() -> None:
        with suppress(TimeoutError, OSError, httpx.HTTPError, SSL.Error):  # who is let in too late is not counted
            client = await service.join(next(places), next(numbers))
            done.append(time.monotonic())
            await client.close()

    async with asyncio.TaskGroup() as coming:

        async def keep_coming() -> None:
            while True:
                coming.create_task(come_and_go())
                await asyncio.sleep(1 / a_second)

        stream = coming.create_task(keep_coming())
        yield done
        stream.cancel()


@asynccontextmanager
async def hellos(service: Service, a_second: float) -> AsyncIterator[None]:
    """So many handshakes are begun every second, and none is gone on with."""
    clients = [HalfOpen() for _ in range(HALF_OPEN)]
    places = await room_of(service.rooms, 1, HALF_OPEN - 1)
    async with asyncio.TaskGroup() as connecting:

        async def pretend(client: HalfOpen, place: Place) -> None:
            with suppress(TimeoutError, ConnectionError):
                await client.connect(await service.offer(client, place), host="127.0.0.1")

        pretending = [connecting.create_task(pretend(*each)) for each in zip(clients, places, strict=True)]
        for client in clients:
            await client.hello
        flood = connecting.create_task(_flood(clients, a_second))
        yield
        for task in (flood, *pretending):
            task.cancel()


async def _flood(clients: list[HalfOpen], a_second: float) -> None:
    while True:
        for client in clients:
            client.again()
        await asyncio.sleep(len(clients) / a_second)
