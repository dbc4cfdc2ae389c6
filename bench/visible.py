"""From the commit of a fact to the answer that shows it: in the list and on the live stream, through the gateway."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from bench.client import Line, Stream
from bench.committing import Log
from bench.measuring import Figure, percentile
from bench.place import whole_stack
from services.kit.database import Database

ENV = {"gateway": {"REQUESTS_PER_SECOND": "100000"}}
RATES = (50, 200, 1_000)  # facts a second
SECONDS, LOOKS_A_SECOND = 10, 10
ROOMS = 200  # those of the crowd
COMMITS_A_SECOND = 200  # more facts than that come several in a commit, as the store batches them


async def measure() -> list[Figure]:
    figures: list[Figure] = []
    async with whole_stack(ENV) as stack, Database(stack.databases.url("rooms"), "bench", connections=8) as database:
        log = Log(database)
        crowd = [await log.room() for _ in range(ROOMS)]
        newest = await log.room()
        async with Line(stack.ports.gateway) as line:
            stream = await Stream.open(stack.ports.gateway)
            await _looked(line, newest, 1)
            for rate in RATES:
                figures += await visible(log, crowd, newest, rate, line, stream)
            stream.close()
    return figures


async def visible(log: Log, crowd: Sequence[UUID], newest: UUID, rate: int, line: Line, stream: Stream) -> list[Figure]:
    """Milliseconds of ten facts a second in the newest room, while others bring the rate up to what is wanted."""
    listed, streamed = [], []
    others = asyncio.create_task(_crowded(log, crowd, rate - LOOKS_A_SECOND))
    clock = asyncio.get_running_loop().time
    until = clock() + SECONDS
    while clock() < until:
        pause = asyncio.create_task(asyncio.sleep(1 / LOOKS_A_SECOND))
        version = await log.joins(newest)
        committed = clock()
        seen = stream.sees(newest, version)
        listed.append((await _looked(line, newest, version) - committed) * 1000)
        streamed.append((await seen - committed) * 1000)
        await pause
    late = not others.done() and others.cancel()
    target = "p50 < 30 ms, p99 < 80 ms" if rate == 200 else ""
    return [
        _figure(f"in the list at {rate:,} facts/s", listed, target, late),
        _figure(f"on the stream at {rate:,} facts/s", streamed, "", late),
    ]


async def _crowded(log: Log, crowd: Sequence[UUID], rate: int) -> None:
    """So many facts a second, one room after another, whoever waits."""
    commits = min(rate, COMMITS_A_SECOND)
    clock = asyncio.get_running_loop().time
    asking, began = set(), clock()
    for number in range(commits * SECONDS):
        await asyncio.sleep(max(0.0, began + number / commits - clock()))
        task = asyncio.create_task(log.joins(crowd[number % len(crowd)], round(rate / commits)))
        asking.add(task)
        task.add_done_callback(asking.discard)
    await asyncio.gather(*asking)


async def _looked(line: Line, room: UUID, version: int) -> float:
    """Ask for the list again and again; when (the loop's time) the answer came that shows the version."""
    while True:
        _, answer = await line.get("/v1/rooms?limit=1")
        shown = answer["rooms"]
        if shown and shown[0]["id"] == str(room) and shown[0]["seq"] >= version:
            return asyncio.get_running_loop().time()


def _figure(name: str, took: Sequence[float], target: str, late: bool) -> Figure:
    more = {"p50": percentile(took, 50), "p99": percentile(took, 99), "kept_up": float(not late)}
    return Figure(name, "ms", took, target=target, more=more)
