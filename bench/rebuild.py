"""The hallway made again from the log: the fold alone, and `hallway rebuild` from Kafka into new tables."""

import asyncio
import os
import sys
import time
from collections import Counter, defaultdict
from random import Random

import psutil

from bench.history import Kafkas, elsewhere, records
from bench.measuring import Figure, timed
from bench.place import whole_stack
from bench.projector import batched
from bench.telling import told
from contracts.rooms import RoomFact
from hallway.stack import Stack
from services.directory.projections.card import Card
from services.directory.projections.memory import HALLWAY
from services.kit.collecting import collect_seldom
from services.kit.replay import BATCH
from services.kit.replica import Replica

PIECE = 100_000  # facts: repeated in other rooms, they make a log of any length
FOLDED = 2_000_000
REBUILT = (500_000, 2_000_000)
TEN_MILLION = 10_000_000
TARGET = "10 million in 2 min"


async def measure() -> list[Figure]:
    piece = records(Random(1), PIECE)
    collect_seldom()  # as the services do
    fold = folded(piece)
    async with whole_stack(only={"projector"}) as stack:
        await stack.kill("projector")
        return [fold, *await rebuilt(stack, piece)]


def folded(piece: list[Kafkas]) -> Figure:
    """Facts a second by one core, from records in memory, and what all those rooms take in memory."""
    replicas: dict[int, Replica[RoomFact, Card]] = defaultdict(lambda: Replica(HALLWAY.model, HALLWAY.memory()))
    rates: list[float] = []
    before = psutil.Process().memory_info().rss
    offsets: Counter[int] = Counter()
    for number in range(FOLDED // PIECE):
        batches = list(batched(elsewhere(piece, number, offsets), BATCH))
        began = time.process_time()
        for batch in batches:
            replicas[batch[0].partition].apply(batch)
        rates.append(PIECE / (time.process_time() - began))
    grown = psutil.Process().memory_info().rss - before
    more = {"first": rates[0], "last": rates[-1], "bytes_a_fact": grown / FOLDED}
    return Figure(f"folding {FOLDED:,} facts in memory", "facts/s a core", rates, more=more)


async def rebuilt(stack: Stack, piece: list[Kafkas]) -> list[Figure]:
    """Facts a second from the first record to the swap, of a log that grows; the last two say what 10 million take."""
    figures: list[Figure] = []
    took: list[tuple[int, float]] = []
    offsets: Counter[int] = Counter()
    number = 0
    for length in REBUILT:
        while number * PIECE < length:
            await told(stack.kafka, elsewhere(piece, number, offsets))
            number += 1
        seconds = await timed(_rebuild(stack))
        took.append((length, seconds))
        figures.append(Figure(f"hallway rebuild of {length:,} facts", "s", [seconds], more={"rate": length / seconds}))
    (few, short), (many, long) = took[-2:]
    minutes = (long + (TEN_MILLION - many) * (long - short) / (many - few)) / 60
    return [*figures, Figure("10 million, by that growth", "min", [minutes], target=TARGET)]


async def _rebuild(stack: Stack) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", HALLWAY.door, "rebuild"),
        env={**os.environ, "DATABASE_URL": stack.databases.url("directory"), "KAFKA_BOOTSTRAP": stack.kafka},
    )
    if await process.wait():
        raise RuntimeError("the rebuild failed: see above")
