"""Reading a topic again, by explicit offsets and beside whoever else reads it."""

from collections.abc import AsyncIterator, Collection
from types import TracebackType
from typing import Self

from aiokafka import AIOKafkaConsumer, TopicPartition

from contracts.kafka import Topic
from services.kit.offsets import Records

BATCH = 5_000  # records
FETCH_BYTES = 8 * 1024 * 1024


class Replay:
    """`async with Replay(bootstrap, topic) as log`. `passed_over`: (partition, offset) of records to leave out."""

    def __init__(self, bootstrap: str, topic: Topic, passed_over: Collection[tuple[int, int]] = ()) -> None:
        self.topic = topic
        self.passed_over = frozenset(passed_over)
        self._kafka = AIOKafkaConsumer(
            bootstrap_servers=bootstrap,
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="none",
            max_partition_fetch_bytes=FETCH_BYTES,
        )
        self._partitions = [TopicPartition(topic.name, number) for number in range(topic.partitions)]

    async def __aenter__(self) -> Self:
        await self._kafka.start()
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        await self._kafka.stop()

    async def beginnings(self) -> dict[int, int]:
        """By partition: the first offset that Kafka has."""
        return _by_number(await self._kafka.beginning_offsets(self._partitions))

    async def ends(self) -> dict[int, int]:
        """By partition: the offset after the last record, now."""
        return _by_number(await self._kafka.end_offsets(self._partitions))

    async def read(self, partition: int, start: int, end: int, most: int = BATCH) -> AsyncIterator[Records]:
        """The records of a partition from `start` up to but without `end`, in batches. Waits for what is not there."""
        where = self._partitions[partition]
        if start >= end:
            return
        if self._kafka.assignment() != {where}:
            self._kafka.assign([where])
        self._kafka.seek(where, start)
        at = start
        while at < end:
            for records in (await self._kafka.getmany(timeout_ms=1000, max_records=min(most, end - at))).values():
                at = records[-1].offset + 1
                kept = [
                    each for each in records if each.offset < end and (partition, each.offset) not in self.passed_over
                ]
                if kept:
                    yield kept


def _by_number(offsets: dict[TopicPartition, int]) -> dict[int, int]:
    return {partition.partition: offset for partition, offset in offsets.items()}
