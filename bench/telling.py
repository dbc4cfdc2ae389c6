"""Records into Kafka, as the relay would send them."""

import asyncio
from collections.abc import Sequence

from aiokafka import AIOKafkaProducer

from bench.history import Kafkas


async def told(bootstrap: str, log: Sequence[Kafkas]) -> None:
    """Returns when Kafka has acknowledged all of them."""
    async with AIOKafkaProducer(
        bootstrap_servers=bootstrap, enable_idempotence=True, acks="all", max_batch_size=512 * 1024
    ) as kafka:
        waiting = [await _sent(kafka, each) for each in log]
        await asyncio.gather(*waiting)


async def _sent(kafka: AIOKafkaProducer, each: Kafkas) -> "asyncio.Future[object]":
    sent: asyncio.Future[object] = await kafka.send(
        each.topic, value=each.value, key=each.key, partition=each.partition, headers=list(each.headers)
    )
    return sent
