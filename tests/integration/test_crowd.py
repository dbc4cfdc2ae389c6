"""2,000 commands by 50 people over 20 rooms, parts being killed: nothing lost, nothing twice, the hallway right."""

import asyncio
from functools import partial
from random import Random

import httpx
import pytest

from contracts.kafka import ROOM_EVENTS
from hallway.stack import Stack
from tests.integration.crowd import Crowd
from tests.integration.log_check import delivered, lost_or_doubled
from tests.integration.naive import differences
from tests.people import everything_live, register
from tests.waiting import until

PEOPLE, ROOMS, COMMANDS = 50, 20, 2000


async def gather_crowd(http: httpx.AsyncClient, seed: int) -> Crowd:
    people = [await register(http, f"Guest number {number}") for number in range(PEOPLE)]
    return Crowd(people, Random(seed))


async def is_done(crowd: Crowd, commands: int) -> bool:
    return sum(map(len, crowd.acknowledged.values())) + crowd.refused > commands


async def shown(http: httpx.AsyncClient, crowd: Crowd) -> list[str]:
    """How the hallway differs from what the crowd did."""
    cards = {card["id"]: card for card in await everything_live(http)}
    pages = {room: (await http.get(f"/v1/rooms/{room}")).json().get("room", {}) for room in crowd.rooms}
    return differences(crowd.rooms, cards, pages)


async def assert_right(stack: Stack, http: httpx.AsyncClient, crowd: Crowd) -> None:
    found: list[str] = []

    async def agrees() -> bool:
        found[:] = await shown(http, crowd)
        return not found

    try:
        await until("the hallway equals the model", agrees, seconds=30, pause=0.3)
    except TimeoutError:
        pytest.fail(f"the hallway differs: {found[:10]}")
    assert await lost_or_doubled(stack.databases.url("rooms"), crowd) == []
    delivery = await delivered(stack.kafka, ROOM_EVENTS, stack.databases.url("rooms"))
    assert delivery.missing == []
    assert delivery.out_of_order == []
    print(
        f"\nacknowledged {sum(map(len, crowd.acknowledged.values()))}, refused {crowd.refused}, "
        f"lost 0, doubled 0, sent again by the relay {delivery.repeats}"
    )


async def test_after_a_random_run_the_hallway_equals_a_naive_model(stack: Stack, http: httpx.AsyncClient) -> None:
    crowd = await gather_crowd(http, seed=1)
    await crowd.run(ROOMS, COMMANDS)
    await assert_right(stack, http, crowd)


@pytest.mark.parametrize("parts", [("rooms", "projector"), ("signalling", "kafka")], ids=" and ".join)
async def test_parts_killed_in_the_middle_lose_nothing(
    parts: tuple[str, ...], stack: Stack, http: httpx.AsyncClient
) -> None:
    crowd = await gather_crowd(http, seed=2)

    async def strike() -> None:
        for number, part in enumerate(parts, 1):
            await until("the run is under way", partial(is_done, crowd, number * COMMANDS // 4), seconds=60)
            await stack.kill(part)
            await stack.restart(part)

    await asyncio.gather(crowd.run(ROOMS, COMMANDS), strike())
    await assert_right(stack, http, crowd)
