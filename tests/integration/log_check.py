"""What stands in the log, in Postgres and in Kafka, compared with what clients were told."""

from collections import Counter
from dataclasses import dataclass, field

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from contracts.kafka import Topic
from tests.integration.crowd import Crowd

EVENTS = "select stream::text, version, id::text, type from events order by stream, version"
COMMANDS = "select key, stream::text, (outcome->>'seq')::bigint as seq from commands where status = 200"


async def lost_or_doubled(rooms_database: str, crowd: Crowd) -> list[str]:
    """Every acknowledged command is in the log exactly once, and every room has just the facts it should."""
    db = await asyncpg.connect(rooms_database)
    try:
        kept = {row["key"]: row for row in await db.fetch(COMMANDS)}
        versions: Counter[str] = Counter(row["stream"] for row in await db.fetch(EVENTS))
    finally:
        await db.close()
    found = []
    for room_id, done in crowd.acknowledged.items():
        for each in done:
            row = kept.get(each.key)
            if row is None or (row["stream"], row["seq"]) != (room_id, each.seq):
                found.append(f"{room_id}: {each} was acknowledged, the log has {row and dict(row)}")
    return found + [
        f"{room_id}: the log has {versions[room_id]} facts, not {room.facts}"
        for room_id, room in crowd.rooms.items()
        if versions[room_id] != room.facts
    ]


@dataclass
class Delivery:
    """What Kafka has of a topic."""

    missing: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    repeats: int = 0


async def delivered(bootstrap: str, topic: Topic, database: str) -> Delivery:
    """Read the topic from its beginning: every event is there, first occurrences in the order of their stream."""
    db = await asyncpg.connect(database)
    try:
        rows = await db.fetch(EVENTS)
    finally:
        await db.close()
    delivery, versions, seen = Delivery(), Counter[str](), set[str]()
    for stream, version, event_id in await _records(bootstrap, topic):
        if event_id in seen:
            delivery.repeats += 1
            continue
        seen.add(event_id)
        if version != versions[stream] + 1:
            delivery.out_of_order.append(f"{stream}: {version} after {versions[stream]}")
        versions[stream] = version
    prefix = topic.name.partition(".")[0]
    wanted = [row for row in rows if row["type"].startswith(f"{prefix}.")]
    delivery.missing = [f"{row['stream']}: {row['version']} {row['type']}" for row in wanted if row["id"] not in seen]
    return delivery


async def _records(bootstrap: str, topic: Topic) -> list[tuple[str, int, str]]:
    partitions = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap, group_id=None, auto_offset_reset="none") as kafka:
        kafka.assign(partitions)
        ends = await kafka.end_offsets(partitions)
        await kafka.seek_to_beginning(*partitions)
        found = []
        while any([await kafka.position(partition) < ends[partition] for partition in partitions]):
            for records in (await kafka.getmany(timeout_ms=200)).values():
                for record in records:
                    text = {name: value.decode() for name, value in record.headers}
                    found.append((text["ce_subject"], int(text["ce_sequence"]), text["ce_id"]))
    return found
