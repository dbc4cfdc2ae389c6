"""How far behind everybody is: relays with what they send, consumers with what they read. Also when they do not run."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition

from services.kit.database import Database
from services.kit.relay import LAG

Offsets = Mapping[TopicPartition, int]


@dataclass(frozen=True)
class Lag:
    """`records`: not yet sent, or not yet read. `seconds`: for how long the oldest has waited, of a relay."""

    service: str
    who: str
    topic: str
    records: int
    seconds: float | None = None
    parked: int = 0  # streams
    letters: int = 0
    missing: str = ""  # what the topic should have and has not


async def lags(services: Mapping[str, Database], kafka: AIOKafkaConsumer) -> list[Lag]:
    """By service: its relay, then its consumers."""
    found = []
    for service, database in services.items():
        found += [await _relay(service, database), *await _consumers(service, database, kafka)]
    return found


async def _relay(service: str, database: Database) -> Lag:
    row = await database.fetchrow(LAG, service)
    return Lag(service, "relay", "", row["facts"], round(row["seconds"], 3)) if row else Lag(service, "relay", "", 0)


async def _consumers(service: str, database: Database, kafka: AIOKafkaConsumer) -> list[Lag]:
    stored: dict[tuple[str, str], dict[TopicPartition, int]] = defaultdict(dict)
    for row in await database.fetch(OFFSETS):
        partition = TopicPartition(row["topic"], row["partition"])
        stored[row["projection"], row["topic"]][partition] = row["next_offset"]
    waiting = {row["projection"]: row for row in await database.fetch(WAITING)}
    found = []
    for (name, topic), at in sorted(stored.items()):
        begin, end = await kafka.beginning_offsets(list(at)), await kafka.end_offsets(list(at))
        records = sum(max(0, end[partition] - offset) for partition, offset in at.items())
        parked, letters = (waiting[name]["parked"], waiting[name]["letters"]) if name in waiting else (0, 0)
        found.append(Lag(service, name, topic, records, None, parked, letters, _missing(at, begin, end)))
    return found


def _missing(at: Offsets, begin: Offsets, end: Offsets) -> str:
    outside = [each for each, offset in sorted(at.items()) if not begin[each] <= offset <= end[each]]
    return ", ".join(f"{each.partition} has {begin[each]} to {end[each]}, not {at[each]}" for each in outside)


OFFSETS = "select projection, topic, partition, next_offset from projection_offsets"
WAITING = """
select projection, sum(parked)::int as parked, sum(letters)::int as letters from (
    select projection, 1 as parked, 0 as letters from parked_streams
    union all select projection, 0, 1 from dead_letters
) each group by projection
"""
