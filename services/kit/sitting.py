"""One transaction on one stream, in which the commands that wait for it are decided one after another.

The order inside is what makes the relay right (gap-free and in order per stream): the stream's lock first, before
anything is written or any row locked, then read, decide, write, commit. See docs/decisions/0002-lock-first.md.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic
from uuid import UUID

from contracts.base import Envelope
from contracts.problems import Code
from services.kit import commands
from services.kit.aggregate import Aggregate, C, F, R, S, X
from services.kit.commands import Kept, Named, Request
from services.kit.database import Connection, Record
from services.kit.decisions import Decided, Refused
from services.kit.events import Cause, append
from services.kit.ids import Clock, NewId


@dataclass(frozen=True)
class Done(Generic[S]):
    """A command was carried out (or had been, under the same key): the version after it and the state by now."""

    seq: int
    state: S
    result: dict[str, Any]
    repeated: bool = False


@dataclass(frozen=True)
class Asked(Generic[C]):
    command: C
    cause: Cause
    request: Request | None


Outcome = Done[S] | Refused | Exception  # an exception is one command's own: its neighbours do not suffer for it


@dataclass(frozen=True)
class Waiting(Asked[C], Generic[C, S]):
    outcome: "asyncio.Future[Done[S] | Refused]"
    always: bool = False

    def answer(self, outcome: Outcome[S]) -> None:
        """Whoever asked may have gone away meanwhile."""
        if self.outcome.done():
            return
        if isinstance(outcome, Exception):
            self.outcome.set_exception(outcome)
        else:
            self.outcome.set_result(outcome)


@dataclass
class Sitting(Generic[S, C, F, X, R]):
    """The state as it goes, and what will be written at the end."""

    aggregate: Aggregate[S, C, F, X, R]
    stream: UUID
    state: S
    version: int
    clock: Clock
    make_id: NewId
    kept: dict[Named, Kept] = field(default_factory=dict)  # outcomes under keys, of before and of now
    _facts: list[Envelope[F]] = field(default_factory=list)
    _rows: list[R] = field(default_factory=list)
    _new: list[tuple[Request, Kept]] = field(default_factory=list)

    async def decide(self, db: "Connection[Record]", asked: Sequence[Asked[C]]) -> list[Outcome[S]]:
        """Decide them all, then write. Raises what writing raises: then nothing has happened to any of them."""
        self.kept = await commands.find(db, [each.request for each in asked if each.request])
        beside = await self.aggregate.read(db, self.stream, self.state, [each.command for each in asked])
        outcomes: list[Outcome[S]] = []
        for each in asked:
            try:
                outcome, beside = self._decide(each, beside)
            except Exception as error:
                outcome = error
            outcomes.append(outcome)
        await self._write(db)
        return [replace(each, state=self.state) if isinstance(each, Done) else each for each in outcomes]

    def _decide(self, asked: Asked[C], beside: X) -> tuple[Outcome[S], X]:
        request = asked.request
        if request and (kept := self.kept.get(request.named)):
            return replayed(kept, request, self.state), beside
        decided = self.aggregate.decide(asked.command, self.state, beside)
        if isinstance(decided, Refused):
            if request and not decided.passes:
                self._keep(request, commands.of_refusal(request, self.stream, decided))
            return decided, beside
        beside = self.aggregate.after(beside, decided.rows) if decided.rows else beside
        self._happen(decided, asked.cause)
        result = dict(decided.result)
        if request:
            self._keep(request, commands.of_success(request, self.stream, self.version, result))
        return Done(self.version, self.state, result), beside

    def _happen(self, decided: Decided[F, R], cause: Cause) -> None:
        at, state = self.clock(), self.state
        envelopes = [
            Envelope.model_construct(  # of our own making: nothing in it needs to be checked
                id=self.make_id(),
                source=self.aggregate.source,
                stream=self.stream,
                version=number,
                at=at,
                actor=cause.actor,
                correlation_id=cause.correlation_id,
                causation_id=cause.causation_id,
                traceparent=cause.traceparent,
                fact=fact,
            )
            for number, fact in enumerate(decided.facts, self.version + 1)
        ]
        for envelope in envelopes:
            state = self.aggregate.evolve(state, envelope)
        self.state, self.version = state, self.version + len(envelopes)
        self._facts += envelopes
        self._rows += decided.rows

    def _keep(self, request: Request, kept: Kept) -> None:
        self.kept[request.named] = kept
        self._new.append((request, kept))

    async def _write(self, db: "Connection[Record]") -> None:
        if self._facts:
            await append(db, self._facts)
        if self._rows:
            await self.aggregate.write(db, self.stream, self._rows)
        if self._new:
            await commands.keep(db, self._new, self.clock())


def replayed(kept: Kept, request: Request, state: S) -> Done[S] | Refused:
    """What was answered under this key before."""
    if not kept.matches(request):
        return Refused(Code.KEY_REUSED, "This Idempotency-Key was used for another request. Use a new one.")
    return kept.refusal or Done(kept.seq, state, kept.result, repeated=True)
