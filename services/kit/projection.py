"""A projection: a batch of records becomes one transaction that folds them into a read model and moves the offsets.

Exactly once: the offsets move by compare-and-set, and per stream what was already folded is dropped. A record that
cannot be applied parks its stream, in order, and the others go on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

import structlog
from aiokafka import ConsumerRecord
from pydantic import TypeAdapter

from contracts.base import Envelope, Fact
from contracts.cloudevents import Poison, UnknownType, envelope_of
from services.kit import parking
from services.kit.database import Connection, Database, Record
from services.kit.offsets import Offsets, Records

log = structlog.get_logger()
F = TypeVar("F", bound=Fact)
S = TypeVar("S")


class ReadModel(Protocol[F, S]):
    """What a service makes of another's facts. `fold` is pure; one state a stream."""

    name: str  # also the consumer group
    facts: TypeAdapter[F]

    async def load(self, db: "Connection[Record]", batch: Mapping[UUID, Sequence[Envelope[F]]]) -> dict[UUID, S]:
        """The states of these streams, those that have one. The facts are there so that a model of large states can
        load only what they will need."""

    def fold(self, state: S | None, envelope: Envelope[F]) -> S:
        """The state after one more fact. Whatever it raises parks the stream."""

    def version(self, state: S) -> int:
        """The version of the last fact folded."""

    def skip(self, state: S | None, stream: UUID, version: int) -> S | None:
        """The state after a fact of a type not known here: only its version counts."""

    async def save(self, db: "Connection[Record]", states: Mapping[UUID, S]) -> None: ...


@dataclass(frozen=True)
class Step(Generic[F]):
    """One record of a stream, read: a fact, one of a type not known here (no envelope), or an `error`."""

    record: "ConsumerRecord[bytes, bytes]"
    version: int | None = None
    envelope: Envelope[F] | None = None
    error: str | None = None


class Projection(Generic[F, S]):
    """Idle between batches: all its state is in Postgres, so any number of copies may run."""

    def __init__(self, database: Database, model: ReadModel[F, S]) -> None:
        self.name = model.name
        self.offsets = Offsets(database, model.name)
        self.unknown_types = 0
        self._database, self._model = database, model

    async def apply(self, records: Records) -> None:
        """Fold all of the records, or none. Raises `Superseded` when another owner was here."""
        streams, nobodys = self._sort(records)
        async with self._database.transaction() as db:
            await self.offsets.move(db, records)
            parked = await parking.parked(db, self.name, list(streams))
            states = await self._model.load(db, _facts(streams, parked))
            changed: dict[UUID, S] = {}
            for stream, steps in streams.items():
                if stream in parked:
                    await parking.bury(db, self.name, stream, steps, "its stream is parked")
                else:
                    await self._follow(db, stream, steps, states.get(stream), changed)
            for step in nobodys:
                await parking.bury(db, self.name, None, [step], step.error or "")
            if changed:
                await self._model.save(db, changed)

    async def _follow(
        self, db: "Connection[Record]", stream: UUID, steps: list[Step[F]], state: S | None, changed: dict[UUID, S]
    ) -> None:
        """Fold a stream's steps one after another; at the first that cannot be folded, park it and the rest."""
        for number, step in enumerate(steps):
            at = self._model.version(state) if state is not None else 0
            if step.version is not None and step.version <= at:
                continue  # delivered before
            try:
                state = self._fold(state, stream, step, at)
            except Exception as error:  # whatever a record does to a fold, it stops its own stream and no other
                await self._park(db, stream, steps[number:], f"{type(error).__name__}: {error}")
                break
            if state is not None:
                changed[stream] = state

    def _fold(self, state: S | None, stream: UUID, step: Step[F], at: int) -> S | None:
        if step.error is not None:
            raise Poison(step.error)
        if step.version != at + 1:
            raise ValueError(f"version {step.version} does not follow {at}")
        if step.envelope is None:
            return self._model.skip(state, stream, step.version)
        return self._model.fold(state, step.envelope)

    async def _park(self, db: "Connection[Record]", stream: UUID, steps: list[Step[F]], reason: str) -> None:
        log.error("stream parked", projection=self.name, stream=str(stream), reason=reason, records=len(steps))
        await parking.park(db, self.name, stream, reason)
        await parking.bury(db, self.name, stream, steps, reason)

    def _sort(self, records: Records) -> tuple[dict[UUID, list[Step[F]]], list[Step[F]]]:
        """The records by stream, in order; and those that do not even say whose they are."""
        streams: dict[UUID, list[Step[F]]] = defaultdict(list)
        nobodys: list[Step[F]] = []
        for record in records:
            stream, step = self._step(record)
            (nobodys if stream is None else streams[stream]).append(step)
        return streams, nobodys

    def _step(self, record: "ConsumerRecord[bytes, bytes]") -> tuple[UUID | None, Step[F]]:
        try:
            envelope = envelope_of(record.headers, record.value, self._model.facts)
            return envelope.stream, Step(record, envelope.seq, envelope)
        except UnknownType as unknown:
            self.unknown_types += 1
            return unknown.stream, Step(record, unknown.version)
        except (Poison, ValueError) as error:
            return parking.stream_of(record), Step(record, error=str(error))


def _facts(streams: Mapping[UUID, Sequence[Step[F]]], parked: set[UUID]) -> dict[UUID, list[Envelope[F]]]:
    return {
        stream: [step.envelope for step in steps if step.envelope]
        for stream, steps in streams.items()
        if stream not in parked
    }
