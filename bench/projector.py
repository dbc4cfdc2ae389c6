"""How fast the hallway catches up with the rooms' log."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random

import uvloop
from aiokafka import TopicPartition

from bench.history import Kafkas, records
from bench.measuring import Figure, timed
from bench.place import only_postgres
from contracts.kafka import ROOM_EVENTS
from contracts.rooms import RoomFact
from services.directory.projections.card import Card
from services.directory.projections.model import HallwayModel
from services.kit.database import Database
from services.kit.projection import Projection

ROUNDS, FACTS = 5, 40_000  # a round
BATCH = 500
TARGET = "20,000/s"


async def measure() -> list[Figure]:
    async with only_postgres() as databases:
        # On the loop that the services run on; it cannot start Postgres, as whom Postgres wants to run.
        return [await asyncio.to_thread(uvloop.run, in_process(databases.url("directory")))]


async def in_process(url: str) -> Figure:
    """Facts a second, from records in memory; beside it the same records as bare rows."""
    rates, baseline = [], []
    log = records(Random(1), ROUNDS * FACTS)
    async with Database(url, "bench", connections=4) as database:
        projection = Projection(database, HallwayModel())
        await projection.offsets.stored(
            {TopicPartition(ROOM_EVENTS.name, number): 0 for number in range(ROOM_EVENTS.partitions)}
        )
        await database.execute(BARE_TABLE)
        for first in range(0, len(log), FACTS):
            batches = list(batched(log[first : first + FACTS]))
            rates.append(FACTS / await timed(_projected(projection, batches)))
            baseline.append(FACTS / await timed(_bare(database, batches)))
    return Figure(
        "catching up, in process", "facts/s", rates, baseline, f"bare INSERT of the records, {BATCH} a time", TARGET
    )


def batched(log: Sequence[Kafkas]) -> Iterator[list[Kafkas]]:
    """As a consumer that is behind gets them: one partition after another."""
    partitions: dict[int, list[Kafkas]] = defaultdict(list)
    for each in log:
        partitions[each.partition].append(each)
    for waiting in partitions.values():
        yield from (waiting[first : first + BATCH] for first in range(0, len(waiting), BATCH))


async def _projected(projection: Projection[RoomFact, Card], batches: Sequence[Sequence[Kafkas]]) -> None:
    for batch in batches:
        await projection.apply(batch)


async def _bare(database: Database, batches: Sequence[Sequence[Kafkas]]) -> None:
    for batch in batches:
        rows = ((each.partition, each.offset, each.key, each.value) for each in batch)
        await database.execute(BARE, *zip(*rows, strict=True))


BARE_TABLE = """
create table bare (partition int, "offset" bigint, key bytea, value bytea, primary key (partition, "offset"))
"""
BARE = "insert into bare select * from unnest($1::int[], $2::bigint[], $3::bytea[], $4::bytea[])"
