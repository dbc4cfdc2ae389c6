"""Records as Kafka would deliver them, without Kafka."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from aiokafka import ConsumerRecord

from contracts.base import Envelope, Fact
from contracts.cloudevents import headers_of
from contracts.kafka import ROOM_EVENTS

F = TypeVar("F", bound=Fact)


def record(envelope: Envelope[F], value: bytes | None = None) -> "ConsumerRecord[bytes, bytes]":
    """`value`: other bytes than the fact's own."""
    type_ = str(getattr(envelope.fact, "type", ""))
    return bare(envelope.stream, value or envelope.fact.model_dump_json().encode(), headers_of(envelope, type_))


def bare(
    key: UUID, value: bytes, headers: Sequence[tuple[str, bytes]] = (), offset: int = 0
) -> "ConsumerRecord[bytes, bytes]":
    partition = ROOM_EVENTS.partition_of(key)
    return ConsumerRecord(
        topic=ROOM_EVENTS.name,
        partition=partition,
        offset=offset,
        timestamp=0,
        timestamp_type=0,
        key=str(key).encode(),
        value=value,
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=headers,
    )
