"""What happened to the sound, told to Kafka: best effort and bounded. While Kafka is away measurements are lost."""

import asyncio
import contextlib

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from contracts.base import Envelope
from contracts.cloudevents import headers_of
from contracts.kafka import topic_of
from contracts.media import MediaFact, NodeBeat
from services.kit.ids import Clock, NewId

log = structlog.get_logger()
MOST_WAITING = 1_000
RETRY_SECONDS = 1.0
SEND_MS = 5_000
LINGER_MS = 50  # a request for each of 200 measurements a second would take a fifth of a core
SOURCE = "/media"


class Measurements:
    """`tell` never waits and never fails; `dropped` counts what nobody will read."""

    def __init__(self, bootstrap: str, clock: Clock, new_id: NewId) -> None:
        self.dropped = 0
        self._away = False
        self._bootstrap, self._clock, self._new_id = bootstrap, clock, new_id
        self._waiting: asyncio.Queue[Envelope[MediaFact]] = asyncio.Queue(MOST_WAITING)

    def tell(self, fact: MediaFact) -> None:
        if self._waiting.full():
            self.dropped += 1
            return
        stream = fact.node_id if isinstance(fact, NodeBeat) else fact.room_id
        self._waiting.put_nowait(
            Envelope(id=self._new_id(), source=SOURCE, stream=stream, version=None, at=self._clock(), fact=fact)
        )

    async def run(self) -> None:
        """Until cancelled; Kafka being away is waited out."""
        while True:
            try:
                await self._send()
            except KafkaError as error:
                if not self._away:
                    log.warning("measurements are lost while Kafka is away", error=repr(error))
                self._away = True
                await asyncio.sleep(RETRY_SECONDS)

    async def flush(self, seconds: float) -> None:
        """Wait until everything told so far was handed over, but no longer than this."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._waiting.join(), seconds)

    async def _send(self) -> None:
        kafka = AIOKafkaProducer(bootstrap_servers=self._bootstrap, request_timeout_ms=SEND_MS, linger_ms=LINGER_MS)
        try:
            await kafka.start()
            self._away = False
            while True:
                envelope = await self._waiting.get()
                try:
                    await self._hand_over(kafka, envelope)
                finally:
                    self._waiting.task_done()
        finally:
            # Without Kafka, `stop` hangs or raises CancelledError: in a task of its own it can do neither to us.
            stopping = asyncio.create_task(kafka.stop())
            await asyncio.wait({stopping}, timeout=RETRY_SECONDS)
            stopping.cancel()

    async def _hand_over(self, kafka: AIOKafkaProducer, envelope: Envelope[MediaFact]) -> None:
        """Into the producer's batch; whether it arrived is counted, not waited for."""
        topic, fact = topic_of(envelope.fact.type), envelope.fact
        arrival = await kafka.send(
            topic.name,
            value=fact.model_dump_json().encode(),
            key=str(envelope.stream).encode(),
            headers=headers_of(envelope, fact.type),
            partition=topic.partition_of(envelope.stream),
        )
        arrival.add_done_callback(self._arrived)

    def _arrived(self, arrival: "asyncio.Future[object]") -> None:
        if arrival.cancelled() or arrival.exception():
            self.dropped += 1
