"""The Kafka topics, as code. They are created from this by a command, never automatically."""

from dataclasses import dataclass, field
from uuid import UUID
from zlib import crc32

DAY_MS = 24 * 60 * 60 * 1000
PARTITIONS = 24  # fixed: another count would be a new topic, filled by republishing
FOR_EVER = {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}  # others rebuild from it


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    partitions: int = PARTITIONS
    configs: dict[str, str] = field(default_factory=dict)

    def partition_of(self, key: UUID) -> int:
        """The partition that holds a key: stable across languages and processes (`crc32` of its text form)."""
        return crc32(str(key).encode()) % self.partitions


USER_EVENTS = Topic("user.events.v1", configs=FOR_EVER)
CLUB_EVENTS = Topic("club.events.v1", configs=FOR_EVER)
ROOM_EVENTS = Topic("room.events.v1", configs=FOR_EVER)
SIGNAL_EVENTS = Topic("signal.events.v1", configs=FOR_EVER)
MEDIA_EVENTS = Topic("media.events.v1", configs={"cleanup.policy": "delete", "retention.ms": str(7 * DAY_MS)})
MEDIA_NODES = Topic("media.nodes.v1", partitions=1, configs={"cleanup.policy": "compact"})

TOPICS = (USER_EVENTS, CLUB_EVENTS, ROOM_EVENTS, SIGNAL_EVENTS, MEDIA_EVENTS, MEDIA_NODES)


def topic_of(type_: str) -> Topic:
    """Where a fact of this type travels: `room.opened.v1` on `room.events.v1`."""
    return MEDIA_NODES if type_ == "media.node_beat.v1" else _BY_PREFIX[type_.partition(".")[0]]


_BY_PREFIX = {topic.name.partition(".")[0]: topic for topic in TOPICS if topic is not MEDIA_NODES}
