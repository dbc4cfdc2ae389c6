"""How fast the hallway catches up with the rooms' log: by itself from memory, and as a process that reads Kafka."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random

import asyncpg
import psutil
import uvloop
from aiokafka import TopicPartition

from bench.history import Kafkas, records
from bench.measuring import Figure, timed
from bench.place import only_postgres, whole_stack
from bench.telling import told
from contracts.kafka import ROOM_EVENTS
from contracts.rooms import RoomFact
from hallway.stack import Stack
from services.directory.projections.card import Card
from services.directory.projections.model import HallwayModel
from services.kit.collecting import collect_seldom
from services.kit.database import Database, Record
from services.kit.projection import Projection

ROUNDS, FACTS = 5, 40_000  # a round
FROM_KAFKA = 200_000
TARGET = "20,000/s"


async def measure() -> list[Figure]:
    log = records(Random(1), ROUNDS * FACTS)
    collect_seldom()  # as the services do
    async with only_postgres() as databases:
        # On the loop that the services run on; it cannot start Postgres, as whom Postgres wants to run.
        in_process = await asyncio.to_thread(uvloop.run, _in_process(databases.url("directory"), log))
    async with whole_stack(only={"projector"}) as stack:
        return [in_process, await from_kafka(stack, log[:FROM_KAFKA])]


async def _in_process(url: str, log: Sequence[Kafkas]) -> Figure:
    """Facts a second, from records in memory; beside it the same records as bare rows."""
    rates, baseline = [], []
    async with Database(url, "bench", connections=4) as database:
        projection = Projection(database, HallwayModel())
        await projection.offsets.stored(
            {TopicPartition(ROOM_EVENTS.name, number): 0 for number in range(ROOM_EVENTS.partitions)}
        )
        await database.execute(BARE_TABLE)
        for first in range(0, len(log), FACTS):
            batches = list(batched(log[first : first + FACTS], projection.at_once))
            rates.append(FACTS / await timed(_projected(projection, batches)))
            baseline.append(FACTS / await timed(_bare(database, batches)))
    name = f"bare INSERT of the records, {projection.at_once:,} a time"
    return Figure("catching up, in process", "facts/s", rates, baseline, name, TARGET)


async def from_kafka(stack: Stack, log: Sequence[Kafkas]) -> Figure:
    """Facts a second between two looks at the offsets, of a projector that starts far behind; and what a core does."""
    await stack.kill("projector")
    await told(stack.kafka, log)
    db = await asyncpg.connect(stack.databases.url("directory"))
    try:
        await stack.restart("projector")
        process = psutil.Process(stack.parts["projector"].pid)
        rates, a_core = await _watched(db, process, len(log))
    finally:
        await db.close()
    more = {"a_core": a_core, "resident_mb": process.memory_info().rss / 2**20}
    return Figure("catching up, a process from Kafka", "facts/s", rates, target=TARGET, more=more)


async def _watched(db: "asyncpg.Connection[Record]", process: psutil.Process, until: int) -> tuple[list[float], float]:
    clock = asyncio.get_running_loop().time
    rates: list[float] = []
    begun = first = await db.fetchval(READ)
    at, busy = clock(), sum(process.cpu_times()[:2])
    while first < until:
        await asyncio.sleep(1)
        read, now = await db.fetchval(READ), clock()
        rates.append((read - first) / (now - at))
        first, at = read, now
    return rates[:-1] or rates, (until - begun) / (sum(process.cpu_times()[:2]) - busy)


def batched(log: Sequence[Kafkas], most: int) -> Iterator[list[Kafkas]]:
    """As a consumer that is behind gets them: one partition after another."""
    partitions: dict[int, list[Kafkas]] = defaultdict(list)
    for each in log:
        partitions[each.partition].append(each)
    for waiting in partitions.values():
        yield from (waiting[first : first + most] for first in range(0, len(waiting), most))


async def _projected(projection: Projection[RoomFact, Card], batches: Sequence[Sequence[Kafkas]]) -> None:
    for batch in batches:
        await projection.apply(batch)


async def _bare(database: Database, batches: Sequence[Sequence[Kafkas]]) -> None:
    for batch in batches:
        rows = ((each.partition, each.offset, each.key, each.value) for each in batch)
        await database.execute(BARE, *zip(*rows, strict=True))


READ = "select coalesce(sum(next_offset), 0)::bigint from projection_offsets where projection = 'hallway'"
BARE_TABLE = """
create table bare (partition int, "offset" bigint, key bytea, value bytea, primary key (partition, "offset"))
"""
BARE = "insert into bare select * from unnest($1::int[], $2::bigint[], $3::bytea[], $4::bytea[])"
