"""Where records wait that could not be applied: a stream is parked as a whole, its records kept in order."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from aiokafka import ConsumerRecord

from services.kit.database import Connection, Database, Record


class Kept(Protocol):
    @property
    def record(self) -> "ConsumerRecord[bytes, bytes]": ...


async def parked(db: "Connection[Record]", projection: str, streams: Sequence[UUID]) -> set[UUID]:
    """Which of these streams are parked."""
    return {row["stream"] for row in await db.fetch(PARKED, projection, streams)}


async def park(db: "Connection[Record]", projection: str, stream: UUID, reason: str) -> None:
    await db.execute(PARK, projection, stream, reason)


async def bury(
    db: "Connection[Record]", projection: str, stream: UUID | None, kept: Sequence[Kept], reason: str
) -> None:
    """Keep records as they came, with the reason; `stream` is None when a record does not even say whose it is."""
    await db.executemany(BURY, [(projection, stream, reason, *_remains(step.record)) for step in kept])


async def free(db: "Connection[Record]", projection: str, stream: UUID) -> None:
    """Nothing of it waits any more."""
    await db.execute("delete from dead_letters where projection = $1 and stream = $2", projection, stream)
    await db.execute("delete from parked_streams where projection = $1 and stream = $2", projection, stream)


async def free_one(db: "Connection[Record]", projection: str, record: "ConsumerRecord[bytes, bytes]") -> None:
    await db.execute(FREE_ONE, projection, record.topic, record.partition, record.offset)


async def count(database: Database, projection: str) -> int:
    """How many streams are parked: above 0 is a difference that somebody has to mend."""
    return int(await database.fetchval(COUNT, projection))


def _remains(record: "ConsumerRecord[bytes, bytes]") -> tuple[object, ...]:
    headers = {name: value.decode("utf-8", "backslashreplace") for name, value in record.headers}
    return record.topic, record.partition, record.offset, record.key, headers, record.value


PARKED = "select stream from parked_streams where projection = $1 and stream = any($2)"
PARK = "insert into parked_streams (projection, stream, reason) values ($1, $2, $3) on conflict do nothing"
BURY = """
insert into dead_letters (projection, stream, reason, topic, partition, "offset", key, headers, value)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
FREE_ONE = 'delete from dead_letters where projection = $1 and topic = $2 and partition = $3 and "offset" = $4'
COUNT = "select count(*) from parked_streams where projection = $1"
