"""The hallway as it is read: answers a second through the gateway, open streams of one instance, memory."""

import asyncio
import resource
from collections.abc import Sequence
from uuid import UUID

import asyncpg
import psutil

from bench.client import Line, Stream
from bench.committing import Log
from bench.crowded import Crowded
from bench.measuring import Figure, percentile
from bench.place import whole_stack
from hallway.stack import Stack
from services.kit.database import Database

ENV = {"gateway": {"REQUESTS_PER_SECOND": "100000"}}
PARTS = {"rooms", "directory", "projector", "gateway"}  # rooms has the relay
STREAMS, TOLD, AT_A_TIME = 2_000, 10, 20
LINES = (1, 2, 4, 8, 16)
SECONDS, MOST_MS = 3.0, 20.0
ROOMS = 50_000


async def measure() -> list[Figure]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 65_536)), hard))
    async with whole_stack(ENV, PARTS) as stack:
        async with Database(stack.databases.url("rooms"), "bench", connections=2) as database:
            log = Log(database)
            held = await streams(stack, log, await log.room())
        await crowded(stack)
        answers = [await answering(stack, limit) for limit in (20, 100)]
        return [*held, *answers, *memory(stack)]


async def streams(stack: Stack, log: Log, room: UUID) -> list[Figure]:
    """KB an open stream, and milliseconds from a fact's commit to the first and the last who is sent it."""
    directory = psutil.Process(stack.parts["directory"].pid)
    before = directory.memory_info().rss
    opened: list[Stream] = []
    for _ in range(STREAMS // AT_A_TIME):
        opened += await asyncio.gather(*(Stream.open(stack.ports.directory) for _ in range(AT_A_TIME)))
    grown = (directory.memory_info().rss - before) / 1024
    first, last = [], []
    for _ in range(TOLD):
        version = await log.joins(room)
        committed = asyncio.get_running_loop().time()
        seen = await asyncio.gather(*(each.sees(room, version) for each in opened))
        first.append((min(seen) - committed) * 1000)
        last.append((max(seen) - committed) * 1000)
    for each in opened:
        each.close()
    return [
        Figure(f"memory of {STREAMS:,} open streams", "KB a stream", [grown / STREAMS]),
        Figure(f"from a fact to the last of {STREAMS:,} streams", "ms", last, first, "the first of them"),
    ]


async def crowded(stack: Stack) -> None:
    """50,000 live rooms, in the tables; and a directory that started among them."""
    db = await asyncpg.connect(stack.databases.url("directory"), server_settings={"transaction_timeout": "0"})
    try:
        hallway = Crowded(db, twice=False)
        await hallway.begin()
        await hallway.grow(ROOMS)
    finally:
        await db.close()
    await stack.restart("directory")


async def answering(stack: Stack, limit: int) -> Figure:
    """Pages a second by more and more connections, as long as the slowest hundredth stays under 20 ms."""
    best: tuple[list[float], float] = [0.0], 0.0
    for connections in LINES:
        lines = [await Line(stack.ports.gateway).__aenter__() for _ in range(connections)]
        rates, took = await _pages(lines, f"/v1/rooms?limit={limit}")
        for line in lines:
            await line.__aexit__()
        if percentile(took, 99) > MOST_MS and best[1]:
            break
        best = rates, percentile(took, 99)
    name = f"pages of {limit} of {ROOMS:,} rooms, through the gateway"
    return Figure(name, "pages/s", best[0], target="p99 < 20 ms", more={"p99": best[1]})


async def _pages(lines: Sequence[Line], path: str) -> tuple[list[float], list[float]]:
    """Pages a second in each of three rounds, and the milliseconds of every page."""
    clock = asyncio.get_running_loop().time
    took: list[float] = []
    rates: list[float] = []

    async def by(line: Line, until: float) -> None:
        while (began := clock()) < until:
            status, answer = await line.get(path)
            assert status == 200, answer
            took.append((clock() - began) * 1000)

    for _ in range(3):
        had, began = len(took), clock()
        await asyncio.gather(*(by(line, began + SECONDS / 3) for line in lines))
        rates.append((len(took) - had) / (clock() - began))
    return rates, took


def memory(stack: Stack) -> list[Figure]:
    """Resident, of the directory after all that, and of the projector."""
    return [
        Figure(
            f"memory of the {part}, {ROOMS:,} live rooms",
            "MB",
            [psutil.Process(stack.parts[part].pid).memory_info().rss / 2**20],
        )
        for part in ("directory", "projector")
    ]
