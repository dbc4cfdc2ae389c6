"""Three rooms processes, one killed every few seconds, Postgres restarted twice, and everybody goes on asking."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from random import Random

import httpx

from contracts.kafka import ROOM_EVENTS
from hallway.process import Running
from hallway.stack import Stack
from tests.drills.hot_room import HotRoom, half_there
from tests.instances import Anywhere, more_of, port_of
from tests.integration.crowd import Crowd
from tests.integration.log_check import Delivery, delivered, lost_or_doubled
from tests.people import Person, register
from tests.waiting import until

PEOPLE, ROOMS, COMMANDS, HOT_COMMANDS = 50, 20, 6_000, 2_000
KILL_SECONDS = 3.0


class Watch:
    """How long nobody got an answer, and how long a killed process took to be ready again."""

    def __init__(self) -> None:
        self.last = time.monotonic()
        self.longest_silence = 0.0
        self.back_after: list[float] = []

    async def notice(self, response: httpx.Response) -> None:
        now = time.monotonic()
        if response.status_code < 500 and response.request.method != "GET":
            self.longest_silence = max(self.longest_silence, now - self.last)
            self.last = now


async def test_three_instances_under_fire_lose_nothing(stack: Stack, http: httpx.AsyncClient) -> None:
    random, watch = Random(7), Watch()
    people = [await register(http, f"Person {number}") for number in range(PEOPLE)]
    async with more_of(stack, "rooms", 2) as more:
        instances = [stack.parts["rooms"], *more]
        transport = Anywhere([port_of(each) for each in instances])
        hooks = {"response": [watch.notice]}
        async with httpx.AsyncClient(
            base_url=stack.url, transport=transport, timeout=20, event_hooks=hooks
        ) as anywhere:
            asking = [Person(anywhere, each.user_id, each.name, each.token) for each in people]
            crowd, hot = Crowd(asking, Random(3)), HotRoom(asking, Random(4))
            watch.last = time.monotonic()
            done = asyncio.gather(crowd.run(ROOMS, COMMANDS), hot.run(HOT_COMMANDS))
            fire = asyncio.create_task(kill_now_and_then(instances, random, watch))
            restarts = asyncio.create_task(restart_postgres_twice(stack, crowd))
            try:
                await done
                await restarts
            finally:
                fire.cancel()
                await asyncio.wait({fire})
        for each in instances:
            if not each.pid:
                await each.start()
        crowd.acknowledged[hot.room_id] = hot.acknowledged
        await report(stack, crowd, hot, watch)


async def kill_now_and_then(instances: Sequence[Running], random: Random, watch: Watch) -> None:
    """SIGKILL one of them every few seconds; it is started again at once."""
    while True:
        await asyncio.sleep(KILL_SECONDS)
        victim = random.choice(instances)
        await victim.kill()
        began = time.monotonic()
        await asyncio.shield(asyncio.create_task(victim.start()))
        watch.back_after.append(time.monotonic() - began)


async def restart_postgres_twice(stack: Stack, crowd: Crowd) -> None:
    """Once asked to stop, once killed."""
    for share, how in ((0.3, "asked"), (0.6, "killed")):
        await until("the run is under way", partial(_over, crowd, share), seconds=300, pause=0.2)
        if how == "killed":
            await stack.kill("postgres")
        await stack.restart("postgres")


async def _over(crowd: Crowd, share: float) -> bool:
    return sum(map(len, crowd.acknowledged.values())) + crowd.refused > COMMANDS * share


async def report(stack: Stack, crowd: Crowd, hot: HotRoom, watch: Watch) -> None:
    rooms = stack.databases.url("rooms")
    wrong, half = await lost_or_doubled(rooms, crowd), await half_there(rooms)
    delivery = Delivery()

    async def all_there() -> bool:
        nonlocal delivery
        delivery = await delivered(stack.kafka, ROOM_EVENTS, rooms)
        return not delivery.missing

    with suppress(TimeoutError):
        await until("Kafka has every fact", all_there, seconds=30)
    keys = [each.key for done in crowd.acknowledged.values() for each in done]
    print(
        f"\nacknowledged {len(keys)}, lost or doubled {len(wrong)}, half there {len(half)}; refused {crowd.refused}"
        f"\nKafka: missing {len(delivery.missing)}, out of order {len(delivery.out_of_order)},"
        f" sent again {delivery.repeats}"
        f"\nkilled {len(watch.back_after)} times, ready again after {max(watch.back_after):.1f} s at most;"
        f" Postgres restarted twice; the longest time without an answer {watch.longest_silence:.1f} s"
    )
    assert len(set(keys)) == len(keys)
    assert (wrong, half, delivery.missing, delivery.out_of_order) == ([], [], [], [])
    assert len(watch.back_after) > 3
