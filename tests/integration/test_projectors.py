"""Several projectors share the log: whatever happens to one of them, nothing is lost and nothing comes twice."""

import os
import signal
from collections.abc import Callable

import asyncpg
import httpx

from contracts.kafka import ROOM_EVENTS
from hallway.stack import Stack
from services.kit.replay import Replay
from tests.instances import more_of
from tests.integration.busy_rooms import BusyRooms, busy_rooms
from tests.integration.telling import ToldRoom
from tests.operators import differences, hallway
from tests.people import sign_in
from tests.waiting import until

FACTS = 500  # between one event and the next
STORED = "select partition, next_offset from projection_offsets where projection = 'hallway'"


async def more_told(rooms: BusyRooms) -> None:
    wanted = rooms.told + FACTS

    async def there() -> bool:
        return rooms.told >= wanted

    await until(f"{FACTS} more facts are told", there, seconds=60)


async def caught_up(stack: Stack) -> None:
    """Everything told up to now is in the read model, of each partition, whoever has it."""
    async with Replay(stack.kafka, ROOM_EVENTS) as log:
        ends = await log.ends()
    db = await asyncpg.connect(stack.databases.url("directory"))

    async def there() -> bool:
        stored = {row["partition"]: row["next_offset"] for row in await db.fetch(STORED)}
        return all(stored.get(partition, 0) >= end for partition, end in ends.items())

    try:
        await until("the projectors have caught up", there, seconds=60)
    finally:
        await db.close()


async def test_one_is_killed(stack: Stack, http: httpx.AsyncClient, new_room: Callable[[], ToldRoom]) -> None:
    rooms = busy_rooms(new_room, await sign_in(http, "rick"))
    async with more_of(stack, "projector", 2) as more, rooms.busy():
        await more_told(rooms)
        await more[0].kill()
        await more_told(rooms)
        await caught_up(stack)
        await more[1].kill()
        await more_told(rooms)
        await caught_up(stack)
    assert await differences(stack, rooms.ids) == []


async def test_one_is_frozen_past_its_session_and_thawed(
    stack: Stack, http: httpx.AsyncClient, new_room: Callable[[], ToldRoom]
) -> None:
    rooms = busy_rooms(new_room, await sign_in(http, "rick"))
    async with more_of(stack, "projector", 1) as (other,), rooms.busy():
        assert other.pid
        await more_told(rooms)
        os.kill(other.pid, signal.SIGSTOP)
        try:
            await more_told(rooms)
            await caught_up(stack)  # so its partitions are another's by now
        finally:
            os.kill(other.pid, signal.SIGCONT)
        await more_told(rooms)
    assert await differences(stack, rooms.ids) == []


async def test_partitions_move_back_and_forth(
    stack: Stack, http: httpx.AsyncClient, new_room: Callable[[], ToldRoom]
) -> None:
    rooms = busy_rooms(new_room, await sign_in(http, "rick"))
    async with rooms.busy():
        for number in (1, 2, 1):
            async with more_of(stack, "projector", number):
                await more_told(rooms)
            await more_told(rooms)
    assert await differences(stack, rooms.ids) == []


async def test_a_rebuild_under_way_with_several_projectors(
    stack: Stack, http: httpx.AsyncClient, new_room: Callable[[], ToldRoom]
) -> None:
    rooms = busy_rooms(new_room, await sign_in(http, "rick"))
    async with more_of(stack, "projector", 1), rooms.busy():
        await more_told(rooms)
        said = await hallway(stack, "rebuild")
        assert said.code == 0, said.err
        await more_told(rooms)
    assert await differences(stack, rooms.ids) == []
