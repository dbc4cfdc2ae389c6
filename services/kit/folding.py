"""Folding records into states, stream by stream. Pure: live, in a replay and in a retry it is the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from aiokafka import ConsumerRecord
from pydantic import TypeAdapter

from contracts.base import Envelope, Fact
from contracts.cloudevents import Poison, UnknownType, claimed_version, envelope_of
from services.kit.offsets import Records

F = TypeVar("F", bound=Fact)
S = TypeVar("S")


class Fold(Protocol[F, S]):
    """What becomes of a stream's facts: one state a stream."""

    facts: TypeAdapter[F]

    def fold(self, state: S | None, envelope: Envelope[F]) -> S:
        """The state after one more fact. Whatever it raises parks the stream."""

    def version(self, state: S) -> int:
        """The version of the last fact folded."""

    def skip(self, state: S | None, stream: UUID, version: int) -> S | None:
        """The state after a fact of a type not known here: only its version counts."""


@dataclass(frozen=True)
class Step(Generic[F]):
    """One record of a stream, read: a fact, one of a type not known here (no envelope), or an `error`."""

    record: "ConsumerRecord[bytes, bytes]"
    version: int | None = None
    envelope: Envelope[F] | None = None
    error: str | None = None


@dataclass(frozen=True)
class Stop(Generic[F]):
    """Why a stream could not be followed further, and the steps that wait for that."""

    reason: str
    waiting: Sequence[Step[F]]


class Folding(Generic[F, S]):
    def __init__(self, model: Fold[F, S]) -> None:
        self.unknown_types = 0
        self._model = model

    def sort(self, records: Records) -> tuple[dict[UUID, list[Step[F]]], list[Step[F]]]:
        """The records by stream, in order; and those that do not even say whose they are."""
        streams: dict[UUID, list[Step[F]]] = defaultdict(list)
        nobodys: list[Step[F]] = []
        for record in records:
            stream, step = self._step(record)
            (nobodys if stream is None else streams[stream]).append(step)
        return streams, nobodys

    def follow(self, stream: UUID, steps: Sequence[Step[F]], state: S | None) -> tuple[S | None, Stop[F] | None]:
        """Fold the steps one after another, up to the first that cannot be folded. Repeats are dropped."""
        for number, step in enumerate(steps):
            at = self.version(state)
            if step.version is not None and step.version <= at:
                continue  # delivered before
            try:
                state = self._fold(state, stream, step, at)
            except Exception as error:  # whatever a record does to a fold, it stops its own stream and no other
                return state, Stop(f"{type(error).__name__}: {error}", steps[number:])
        return state, None

    def mend(self, stream: UUID, waiting: Sequence[Step[F]], state: S | None) -> tuple[S | None, Stop[F] | None]:
        """Fold what waits in the order of versions: all of it, or the state stays and still waits.

        An unreadable record is made good by a readable one of the same version (the log was told again).
        """
        readable = sorted((step for step in waiting if step.version is not None), key=lambda step: step.version or 0)
        mended, stop = self.follow(stream, readable, state)
        if stop is None:
            at = self.version(mended)
            lost = [step for step in waiting if step.error and not _within(step, at)]
            stop = Stop(lost[0].error or "", lost) if lost else None
        return (mended, None) if stop is None else (state, Stop(stop.reason, waiting))

    def version(self, state: S | None) -> int:
        return 0 if state is None else self._model.version(state)

    def _fold(self, state: S | None, stream: UUID, step: Step[F], at: int) -> S | None:
        if step.error is not None:
            raise Poison(step.error)
        if step.version != at + 1:
            raise ValueError(f"version {step.version} does not follow {at}")
        if step.envelope is None:
            return self._model.skip(state, stream, step.version)
        return self._model.fold(state, step.envelope)

    def _step(self, record: "ConsumerRecord[bytes, bytes]") -> tuple[UUID | None, Step[F]]:
        try:
            envelope = envelope_of(record.headers, record.value, self._model.facts)
            return envelope.stream, Step(record, envelope.seq, envelope)
        except UnknownType as unknown:
            self.unknown_types += 1
            return unknown.stream, Step(record, unknown.version)
        except (Poison, ValueError) as error:
            return stream_of(record), Step(record, error=str(error))


def facts_of(streams: Mapping[UUID, Sequence[Step[F]]]) -> dict[UUID, list[Envelope[F]]]:
    return {stream: [step.envelope for step in steps if step.envelope] for stream, steps in streams.items()}


def stream_of(record: "ConsumerRecord[bytes, bytes]") -> UUID | None:
    """Whose record it is, as far as its key says so."""
    try:
        return UUID((record.key or b"").decode())
    except ValueError:
        return None


def _within(step: Step[F], at: int) -> bool:
    claimed = claimed_version(step.record.headers)
    return claimed is not None and claimed <= at
