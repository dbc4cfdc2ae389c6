"""Consumers on FastStream: it runs the loop, Postgres owns the offsets.

FastStream gives the subscriber, its life cycle and its AsyncAPI. What it must not do here: parse (its parser raises on
a header that is not UTF-8), acknowledge (Kafka's own offsets are not used), or swallow our errors.
"""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any, Protocol

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage
from faststream.kafka.message import FAKE_CONSUMER

from contracts.kafka import Topic
from services.kit.health import Check
from services.kit.offsets import Offsets, Records, Superseded
from services.kit.topics import reachable

log = structlog.get_logger()
RETRY_SECONDS = 0.5


class Consumer(Protocol):
    """What is subscribed: a `Projection` or a `Reactor`."""

    name: str
    offsets: Offsets
    at_once: int  # records, at most

    async def apply(self, records: Records) -> None: ...


class Position(ConsumerRebalanceListener):  # type: ignore[misc]
    """Puts a consumer where Postgres says, on assignment and after a lost race; knows its lag and its trouble."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer
        self.subscriber: Any = None  # FastStream's, once it is made
        self.missing: dict[TopicPartition, str] = {}  # partitions that stand outside of what the broker has
        self.trouble = ""  # why the last batch could not be applied

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Nothing to hand over: a batch in work either commits first or is refused by Postgres."""

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Paused meanwhile: aiokafka already fetches from where Kafka would start. It swallows what this raises."""
        self.kafka.pause(*assigned)
        await self.seek(assigned)
        mine = self.kafka.assignment() & set(assigned)
        self.kafka.resume(*(partition for partition in mine if partition not in self.missing))

    async def seek(self, partitions: Iterable[TopicPartition]) -> None:
        """Read the offsets until that succeeds; a partition without its range stays paused, and says so."""
        wanted = set(partitions)
        while mine := wanted & self.kafka.assignment():
            try:
                beginnings = await self.kafka.beginning_offsets(list(mine))
                ends = await self.kafka.end_offsets(list(mine))
                stored = await self._consumer.offsets.stored(beginnings)
            except Exception as error:  # Kafka or Postgres away: waited out, for the listener may not raise
                log.error("cannot read offsets", consumer=self._consumer.name, error=str(error))
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return self._place(stored, beginnings, ends)

    async def look_again(self) -> None:
        """Whether what was missing is there by now (republished), or stands no longer in the way (rebuilt)."""
        if self.missing and self.subscriber is not None and self.subscriber.consumer is not None:
            mine = set(self.missing) & self.kafka.assignment()
            await self.seek(mine)
            self.kafka.resume(*(mine & self.kafka.assignment() - self.missing.keys()))

    def rewind(self, records: Records) -> None:
        """Back to the start of a batch of which nothing was kept."""
        mine, seen = self.kafka.assignment(), set()
        for record in records:
            partition = TopicPartition(record.topic, record.partition)
            if partition in mine and partition not in seen:
                self.kafka.seek(partition, record.offset)
            seen.add(partition)

    async def health(self) -> Check:
        """Ready when running, nothing is missing and batches can be applied; `lag` in records."""
        if self.missing:
            return Check(False, "; ".join(self.missing.values()), {})
        if self.trouble:
            return Check(False, self.trouble, {})
        if self.subscriber is None or self.subscriber.consumer is None or not self.kafka.assignment():
            return Check(True, "standing by: no partition is assigned here", {"records": 0})
        return Check(True, "consuming", {"records": await self._lag()})

    @property
    def kafka(self) -> AIOKafkaConsumer:
        if self.subscriber is None or self.subscriber.consumer is None:
            raise RuntimeError("the consumer has not started")
        return self.subscriber.consumer

    async def _lag(self) -> int:
        lag = 0
        for partition in self.kafka.assignment():
            end = self.kafka.highwater(partition)
            if end is not None:
                lag += max(0, end - await self.kafka.position(partition))
        return lag

    def _place(
        self, stored: dict[TopicPartition, int], first: dict[TopicPartition, int], end: dict[TopicPartition, int]
    ) -> None:
        mine = self.kafka.assignment()
        for partition, offset in stored.items():
            self.missing.pop(partition, None)
            if not first[partition] <= offset <= end[partition]:
                self._refuse(partition, offset, first[partition], end[partition])
            elif partition in mine:
                self.kafka.seek(partition, offset)

    def _refuse(self, partition: TopicPartition, offset: int, first: int, end: int) -> None:
        reason = (
            f"{self._consumer.name}: {partition.topic}/{partition.partition} has {first} to {end},"
            f" but {offset} comes next: rebuild, or republish what is missing"
        )
        log.error("records are missing", reason=reason)
        self.missing[partition] = reason


def broker(bootstrap: str) -> KafkaBroker:
    return KafkaBroker(
        bootstrap,
        allow_auto_create_topics=False,
        consumer_only=True,
        apply_types=False,
        logger=logging.getLogger("faststream"),
        log_level=logging.DEBUG,  # its "Received" and "Processed" per batch
    )


async def consuming(broker: KafkaBroker, bootstrap: str) -> None:
    """Run the broker's consumers until cancelled. Kafka being away at the start is waited out: `start` would raise."""
    await reachable(bootstrap, seconds=None)
    await broker.start()
    try:
        await asyncio.Event().wait()
    finally:
        await broker.stop()


def subscribe(broker: KafkaBroker, topic: Topic, consumer: Consumer, title: str) -> Position:
    """Add a batch subscriber for `topic`; the group has the consumer's name."""
    position = Position(consumer)
    subscriber = broker.subscriber(
        topic.name,
        title=title,
        batch=True,
        group_id=consumer.name,
        listener=position,
        parser=_parse,
        decoder=_decode,
        ack_policy=AckPolicy.MANUAL,
        auto_offset_reset="earliest",
        max_records=consumer.at_once,
        batch_timeout_ms=20,
        session_timeout_ms=6000,
        heartbeat_interval_ms=1000,
        no_reply=True,
    )
    position.subscriber = subscriber

    @subscriber
    async def consume(records: Records) -> None:
        try:
            await consumer.apply(records)
            position.trouble = ""
        except Superseded as lost:
            log.warning("superseded", consumer=consumer.name, detail=str(lost))
            await position.seek({TopicPartition(record.topic, record.partition) for record in records})
        except Exception as error:  # FastStream would swallow it and go on: the batch must come again
            position.trouble = f"{type(error).__name__}: {error}"
            log.error("batch not applied", consumer=consumer.name, error=position.trouble)
            await asyncio.sleep(RETRY_SECONDS)
            position.rewind(records)

    return position


async def _parse(records: Any) -> KafkaMessage:
    """Wraps a batch without looking into it, so no record can make it raise."""
    first = records[0]
    name = f"{first.topic}-{first.partition}-{first.offset}"
    return KafkaMessage(
        body=[record.value or b"" for record in records],
        headers={},
        batch_headers=[{} for _ in records],
        raw_message=tuple(records),
        message_id=name,
        correlation_id=name,
        consumer=FAKE_CONSUMER,  # never acknowledged
    )


async def _decode(message: KafkaMessage) -> Any:
    return message.raw_message
