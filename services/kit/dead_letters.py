"""Records that could not be applied, as an operator sees and drops them. Of any consumer in a service's database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiokafka import ConsumerRecord

from services.kit.database import Connection, Database, Record


@dataclass(frozen=True)
class Place:
    """One record: `room.events.v1/7/1234`."""

    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}/{self.offset}"


Which = UUID | Place  # all letters of a stream, or one


@dataclass(frozen=True)
class Waiting:
    """What waits of one stream; of None: records that do not say whose they are. Not `parked`: of a reactor."""

    projection: str
    stream: UUID | None
    letters: int
    since: datetime
    reason: str
    parked: bool


@dataclass(frozen=True)
class Letter:
    projection: str
    place: Place
    stream: UUID | None
    reason: str
    at: datetime
    key: bytes | None
    headers: Mapping[str, str]
    value: bytes | None

    @property
    def record(self) -> "ConsumerRecord[bytes, bytes]":
        """As it came from Kafka."""
        headers = [(name, text.encode()) for name, text in self.headers.items()]
        of_no_meaning = {"timestamp": 0, "timestamp_type": 0, "checksum": None}
        sizes = {"serialized_key_size": len(self.key or b""), "serialized_value_size": len(self.value or b"")}
        place = {"topic": self.place.topic, "partition": self.place.partition, "offset": self.place.offset}
        return ConsumerRecord(**place, key=self.key, value=self.value, headers=headers, **of_no_meaning, **sizes)


def which_of(text: str) -> Which:
    """A stream's id, or a place as it is listed. Raises ValueError that says what would be right."""
    topic, _, rest = text.partition("/")
    partition, _, offset = rest.partition("/")
    if partition.isdecimal() and offset.isdecimal():
        return Place(topic, int(partition), int(offset))
    try:
        return UUID(text)
    except ValueError:
        raise ValueError(f"{text!r} is neither a stream's id nor a place such as room.events.v1/7/1234") from None


async def waiting(db: "Database | Connection[Record]") -> list[Waiting]:
    """The longest-waiting first."""
    return [Waiting(**row) for row in await db.fetch(WAITING)]


async def letters(db: "Database | Connection[Record]", which: Which, projection: str | None = None) -> list[Letter]:
    """In the order in which they came; of one consumer, or of all."""
    match which:
        case Place(topic, partition, offset):
            rows = await db.fetch(f"{LETTERS} {AT_PLACE} {IN_ORDER}", projection, topic, partition, offset)
        case UUID():
            rows = await db.fetch(f"{LETTERS} {OF_STREAM} {IN_ORDER}", projection, which)
    return [_letter(row) for row in rows]


async def drop(database: Database, which: Which) -> Sequence[Letter]:
    """Throw them away, for whoever folds the log again, too. A stream of which nothing waits any more is unparked."""
    dropped = await letters(database, which)
    for projection in sorted({letter.projection for letter in dropped}):
        async with database.transaction() as db:
            await alone(db, projection)
            for letter in await letters(db, which, projection):
                place = letter.place
                await db.execute(DROP, projection, place.topic, place.partition, place.offset)
            await db.execute(UNPARK_EMPTY, projection)
    return dropped


async def alone(db: "Connection[Record]", projection: str) -> None:
    """The consumer waits from here on to the end of this transaction: nothing more is buried meanwhile."""
    await db.execute(LOCK_OFFSETS, projection)


async def passed_over(database: Database, projection: str) -> set[tuple[int, int]]:
    """(partition, offset) of records that an operator has dropped."""
    return {(row["partition"], row["offset"]) for row in await database.fetch(DROPPED, projection)}


def _letter(row: Record) -> Letter:
    place = Place(row["topic"], row["partition"], row["offset"])
    rest = {name: row[name] for name in ("projection", "stream", "reason", "at", "key", "headers", "value")}
    return Letter(place=place, **rest)


WAITING = """
select coalesce(p.projection, l.projection) as projection, coalesce(p.stream, l.stream) as stream,
       coalesce(l.letters, 0) as letters, coalesce(least(p.at, l.since), p.at, l.since) as since,
       coalesce(p.reason, l.reason) as reason, p.stream is not null as parked
from parked_streams p full join (
    select projection, stream, count(*) as letters, min(at) as since,
           (array_agg(reason order by at, "offset"))[1] as reason
    from dead_letters group by projection, stream
) l on l.projection = p.projection and l.stream = p.stream
order by since, stream
"""
LETTERS = """
select projection, topic, partition, "offset", stream, reason, at, key, headers, value from dead_letters
where ($1::text is null or projection = $1)
"""
AT_PLACE = 'and topic = $2 and partition = $3 and "offset" = $4'
OF_STREAM = "and stream = $2"
IN_ORDER = 'order by projection, topic, partition, "offset"'
LOCK_OFFSETS = "select from projection_offsets where projection = $1 order by topic, partition for update"
DROP = """
with gone as (
    delete from dead_letters where projection = $1 and topic = $2 and partition = $3 and "offset" = $4
    returning projection, topic, partition, "offset", stream, reason
)
insert into dropped_letters (projection, topic, partition, "offset", stream, reason) select * from gone
on conflict do nothing
"""
UNPARK_EMPTY = """
delete from parked_streams p where projection = $1
and not exists (select from dead_letters l where l.projection = p.projection and l.stream = p.stream)
"""
DROPPED = 'select partition, "offset" from dropped_letters where projection = $1'
