"""Offsets live in Postgres beside what was made of the records, and move by compare-and-set in the same transaction."""

from collections.abc import Iterable, Mapping, Sequence

from aiokafka import ConsumerRecord, TopicPartition

from services.kit.database import Connection, Database, Record

Records = Sequence["ConsumerRecord[bytes, bytes]"]


class Superseded(Exception):
    """Another owner has moved the offsets (or the log has a hole): nothing was written, read them again and seek."""


class Offsets:
    """Of one consumer, by its name."""

    def __init__(self, database: Database, consumer: str) -> None:
        self._database, self._consumer = database, consumer

    async def stored(self, beginnings: Mapping[TopicPartition, int]) -> dict[TopicPartition, int]:
        """Where to read on. A partition never seen starts at the broker's beginning, which is stored once."""
        topics, numbers = _columns(beginnings)
        async with self._database.transaction() as db:
            await db.execute(REGISTER, self._consumer, topics, numbers, list(beginnings.values()))
            rows = await db.fetch(STORED, self._consumer, topics, numbers)
        return {TopicPartition(row["topic"], row["partition"]): row["next_offset"] for row in rows}

    async def move(self, db: "Connection[Record]", records: Records) -> None:
        """Past these records, if each partition stands at its first one. Raises `Superseded`."""
        last = {(record.topic, record.partition): record.offset for record in records}
        first = {(record.topic, record.partition): record.offset for record in reversed(records)}
        partitions = sorted(first)  # always locked in the same order
        expected = [first[partition] for partition in partitions]
        following = [last[partition] + 1 for partition in partitions]
        done = await db.execute(MOVE, self._consumer, *_columns(partitions), expected, following)
        if done != f"UPDATE {len(partitions)}":
            raise Superseded(f"{done} of {len(partitions)} partitions")


def _columns(partitions: Iterable[tuple[str, int]]) -> tuple[list[str], list[int]]:
    partitions = list(partitions)
    return [topic for topic, _ in partitions], [number for _, number in partitions]


REGISTER = """
insert into projection_offsets (projection, topic, partition, next_offset)
select $1, t, p, o from unnest($2::text[], $3::int[], $4::bigint[]) u(t, p, o) on conflict do nothing
"""
STORED = """
select topic, partition, next_offset from projection_offsets
where projection = $1 and (topic, partition) in (select * from unnest($2::text[], $3::int[]))
"""
MOVE = """
update projection_offsets o set next_offset = u.next
from unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[]) u(topic, partition, first, next)
where o.projection = $1 and o.topic = u.topic and o.partition = u.partition and o.next_offset = u.first
"""
