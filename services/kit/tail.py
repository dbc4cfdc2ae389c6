"""A group-less reader: every instance sees every new record of a topic, from its end (or its beginning) on."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Literal, TypeVar

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from pydantic import TypeAdapter

from contracts.base import Envelope
from contracts.cloudevents import Poison, UnknownType, envelope_of
from contracts.kafka import Topic
from services.kit.health import Check
from services.kit.offsets import Records

log = structlog.get_logger()
F = TypeVar("F")
RETRY_SECONDS = 1.0
WAIT_MS = 5_000  # what comes is told at once; so long the broker holds back that nothing came


class Tail:
    """`run` reads until cancelled. Where it starts is settled before `started` is set: nothing after that is missed."""

    def __init__(self, bootstrap: str, topic: Topic, start: Literal["beginning", "end"] = "end") -> None:
        self.started = asyncio.Event()
        self._bootstrap, self._topic, self._start = bootstrap, topic, start
        self._partitions = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
        self._next: dict[TopicPartition, int] = {}
        self._trouble, self._ended = "starting", ""

    async def run(self, each: Callable[[Records], Awaitable[None]]) -> None:
        """Hand every batch to `each`, in order per partition. Kafka being away is waited out, from where it stood.

        A batch that makes `each` raise ends the tail: it must not, and what is missed must not be missed silently.
        """
        try:
            while True:
                await self._read_until_kafka_is_away(each)
        except Exception as error:
            self._ended = f"ended by {type(error).__name__}: {error}"
            raise

    async def health(self) -> Check:
        """Ready once it has started, also while Kafka is away; never again after `each` has ended it."""
        return Check(self.started.is_set() and not self._ended, self._ended or self._trouble or "following", {})

    async def _read_until_kafka_is_away(self, each: Callable[[Records], Awaitable[None]]) -> None:
        try:
            await self._read(each)
        except KafkaError as error:
            self._trouble = f"{type(error).__name__}: {error}"
            log.error("tail interrupted", topic=self._topic.name, error=self._trouble)
            await asyncio.sleep(RETRY_SECONDS)

    async def _read(self, each: Callable[[Records], Awaitable[None]]) -> None:
        kafka = AIOKafkaConsumer(
            bootstrap_servers=self._bootstrap,
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="none",
            fetch_max_wait_ms=WAIT_MS,
        )
        try:
            await kafka.start()
            await self._settle(kafka)
            async for records in _batches(kafka):
                await each(records)
                last = records[-1]
                self._next[TopicPartition(last.topic, last.partition)] = last.offset + 1
        finally:
            # Without Kafka, `stop` raises CancelledError: in a task of its own it cannot cancel us.
            await asyncio.wait([asyncio.create_task(kafka.stop())])

    async def _settle(self, kafka: AIOKafkaConsumer) -> None:
        kafka.assign(self._partitions)  # `subscribe` would lose the first records of a partition
        if not self._next:
            ask = kafka.end_offsets if self._start == "end" else kafka.beginning_offsets
            self._next = await ask(self._partitions)
        for partition, offset in self._next.items():
            kafka.seek(partition, offset)
        self._trouble = ""
        self.started.set()


async def _batches(kafka: AIOKafkaConsumer) -> AsyncIterator[Records]:
    while True:
        for records in (await kafka.getmany(timeout_ms=60_000)).values():
            yield records


def read(records: Records, facts: TypeAdapter[F]) -> list[Envelope[F] | UnknownType]:
    """What the records say. A type not known here is given as such (its version counts); poison is logged and left."""
    envelopes: list[Envelope[F] | UnknownType] = []
    for record in records:
        try:
            envelopes.append(envelope_of(record.headers, record.value, facts))
        except UnknownType as unknown:
            envelopes.append(unknown)
        except Poison as poison:
            log.error("record passed over", topic=record.topic, offset=record.offset, reason=str(poison))
    return envelopes
