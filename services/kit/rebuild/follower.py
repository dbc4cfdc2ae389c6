"""Keeps the new version up to date: the same projection as live, under another name, on the new tables."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from aiokafka import AIOKafkaConsumer, TopicPartition

from contracts.base import Fact
from services.kit.database import Database
from services.kit.projection import Projection
from services.kit.rebuild.names import Names
from services.kit.recipe import Recipe
from services.kit.refold import unheard

F = TypeVar("F", bound=Fact)
S = TypeVar("S")
BATCH = 500


class Follower(Generic[F, S]):
    """`at`: by partition, the next offset. All partitions are read by one consumer that stays warm."""

    def __init__(self, kafka: AIOKafkaConsumer, database: Database, recipe: Recipe[F, S]) -> None:
        """`database` finds the new tables first."""
        self.at: dict[int, int] = {}
        self._kafka, self._topic = kafka, recipe.topic.name
        self._projection = Projection(database, recipe.model, Names(recipe.name).new)
        self._partitions = [TopicPartition(recipe.topic.name, number) for number in range(recipe.topic.partitions)]

    async def start(self) -> None:
        stored = await self._projection.offsets.stored(dict.fromkeys(self._partitions, 0))
        self._kafka.assign(self._partitions)
        for partition, offset in stored.items():
            self._kafka.seek(partition, offset)
        self.at = {partition.partition: offset for partition, offset in stored.items()}

    async def ends(self) -> dict[int, int]:
        ends = await self._kafka.end_offsets(self._partitions)
        return {partition.partition: offset for partition, offset in ends.items()}

    def behind(self, ends: Mapping[int, int]) -> int:
        """In records."""
        return sum(max(0, end - self.at[partition]) for partition, end in ends.items())

    async def advance(self, ends: Mapping[int, int], folded: Callable[[int], None] = unheard) -> None:
        """Fold at least up to there: all partitions together, for each transaction takes its time."""
        while self.behind(ends):
            fetched = await self._kafka.getmany(timeout_ms=100, max_records=BATCH)
            records = [record for batch in fetched.values() for record in batch]
            if records:
                await self._projection.apply(records)
                self.at |= {record.partition: record.offset + 1 for record in records}
                folded(len(records))
