"""The event store: one command is one READ COMMITTED transaction on one stream, and nothing else ever writes it.

The order inside is what makes the relay right (gap-free and in order per stream): the stream's lock first, before
anything is written or any row locked, then read, decide, write, commit. See docs/decisions/0002-lock-first.md.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, TypeVar
from uuid import UUID
from weakref import WeakValueDictionary

import asyncpg
from pydantic import TypeAdapter

from contracts.base import Envelope, Fact
from contracts.problems import Code
from services.kit import commands
from services.kit.commands import Request
from services.kit.database import Connection, Database, Record
from services.kit.decisions import Decided, Refused
from services.kit.events import Cause, append, heads, read
from services.kit.ids import Clock, NewId, new_id, now
from services.kit.state_cache import StateCache

S = TypeVar("S")  # the state of a stream
C = TypeVar("C")  # its commands
F = TypeVar("F", bound=Fact)  # its facts
X = TypeVar("X")  # what stands beside the log and is read for a decision
R = TypeVar("R")  # what is written beside the log


async def _nothing_beside(db: "Connection[Record]", stream: UUID, state: Any, commands: Sequence[Any]) -> Any:
    return None


async def _no_rows(db: "Connection[Record]", stream: UUID, rows: Sequence[Any]) -> None:
    if rows:
        raise TypeError("this aggregate has no rows beside its log")


@dataclass(frozen=True)
class Aggregate(Generic[S, C, F, X, R]):
    """A decider and its surroundings. `decide` and `evolve` are pure; `read` and `write` run under the lock.

    `read` gives what the decisions on these commands need from beside the log.
    """

    source: str  # ce_source of its facts: "/rooms"
    facts: TypeAdapter[F]
    initial: Callable[[UUID], S]
    decide: Callable[[C, S, X], Decided[F, R] | Refused]
    evolve: Callable[[S, Envelope[F]], S]
    read: Callable[["Connection[Record]", UUID, S, Sequence[C]], Awaitable[X]] = _nothing_beside
    write: Callable[["Connection[Record]", UUID, Sequence[R]], Awaitable[None]] = _no_rows


class Conflict(Exception):
    """Raised by an aggregate's `write` when a unique row says no: nothing is kept, `refused` is the answer."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


@dataclass(frozen=True)
class Done(Generic[S]):
    """A command was carried out (or had been, under the same key): the version after it and the state by now."""

    seq: int
    state: S
    result: dict[str, Any]
    repeated: bool = False


class EventStore(Generic[S, C, F, X, R]):
    """Any number of instances may serve the same streams: the truth is in Postgres, the cache only saves reading."""

    def __init__(
        self,
        database: Database,
        aggregate: Aggregate[S, C, F, X, R],
        clock: Clock = now,
        make_id: NewId = new_id,
        cached_streams: int = 10_000,
    ) -> None:
        self.database, self.aggregate = database, aggregate
        self._clock, self._make_id = clock, make_id
        self._cache: StateCache[S] = StateCache(cached_streams)
        self._queues: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def handle(self, stream: UUID, command: C, cause: Cause, request: Request | None = None) -> Done[S] | Refused:
        """Decide the command and make it durable. Returns only after the commit; a refusal changes nothing.

        Any error, an unknown outcome included, drops what is cached of the stream: the next command reads it anew.
        """
        async with self._turn(stream):
            try:
                return await self._transact(stream, command, cause, request)
            except asyncpg.UniqueViolationError as error:
                if request is None or error.constraint_name != "commands_pkey":
                    raise
                return await self._first_outcome(request) or _gone()
            except Conflict as conflict:  # of two with the same key at once, the other's row may be what is in the way
                return await self._first_outcome(request) or conflict.refused

    async def state(self, stream: UUID) -> tuple[S, int]:
        """The state by now and its version; version 0 when nothing ever happened there."""
        async with self.database.acquire() as db:
            state, version = await self._current(db, stream)
        self._cache.advance(stream, state, version)
        return state, version

    async def facts(
        self, stream: UUID, after: int, limit: int, types: Collection[str] | None = None
    ) -> tuple[list[Envelope[F]], int]:
        """The facts above `after` in order, and the last version covered (also by facts of unknown types).

        With `types`, those alone.
        """
        async with self.database.acquire() as db:
            return await read(db, self.aggregate.facts, stream, after, limit, types)

    async def heads(self, streams: Sequence[UUID]) -> dict[UUID, int]:
        """The version of each stream by now, without reading what happened."""
        async with self.database.acquire() as db:
            return await heads(db, streams)

    @asynccontextmanager
    async def _turn(self, stream: UUID) -> AsyncIterator[None]:
        """One command a stream at a time in this process, so that a hot room does not hold every connection.

        The micro-batch belongs here: those who wait together will be decided together, under one lock.
        """
        async with self._queues.setdefault(stream, asyncio.Lock()):
            try:
                yield
            except BaseException:
                self._cache.evict(stream)
                raise

    async def _transact(self, stream: UUID, command: C, cause: Cause, request: Request | None) -> Done[S] | Refused:
        async with self.database.transaction() as db:
            await _lock(db, stream)
            state, version = await self._current(db, stream)
            if request and (kept := await commands.find(db, request)):
                return self._replayed(kept, request, state)
            decided = self.aggregate.decide(command, state, await self.aggregate.read(db, stream, state, [command]))
            if isinstance(decided, Refused):
                if request and not decided.passes:
                    await commands.keep_refusal(db, request, stream, decided, self._clock())
                return decided
            state, version = await self._write(db, stream, state, version, decided, cause)
            result = dict(decided.result)
            if request:
                await commands.keep(db, request, stream, version, result, self._clock())
        self._cache.advance(stream, state, version)
        return Done(version, state, result)

    async def _write(
        self, db: "Connection[Record]", stream: UUID, state: S, version: int, decided: Decided[F, R], cause: Cause
    ) -> tuple[S, int]:
        at = self._clock()
        envelopes = [
            Envelope[F](
                id=self._make_id(),
                source=self.aggregate.source,
                stream=stream,
                version=number,
                at=at,
                actor=cause.actor,
                correlation_id=cause.correlation_id,
                causation_id=cause.causation_id,
                traceparent=cause.traceparent,
                fact=fact,
            )
            for number, fact in enumerate(decided.facts, version + 1)
        ]
        for envelope in envelopes:
            state = self.aggregate.evolve(state, envelope)
        if envelopes:
            await append(db, envelopes)
        if decided.rows:
            await self.aggregate.write(db, stream, decided.rows)
        return state, version + len(envelopes)

    async def _current(self, db: "Connection[Record]", stream: UUID) -> tuple[S, int]:
        state, version = self._cache.get(stream) or (self.aggregate.initial(stream), 0)
        envelopes, version = await read(db, self.aggregate.facts, stream, version)
        for envelope in envelopes:
            state = self.aggregate.evolve(state, envelope)
        return state, version

    async def _first_outcome(self, request: Request | None) -> Done[S] | Refused | None:
        """What somebody got who used the same key at the same moment on another (new) stream; None: nobody did."""
        if request is None:
            return None
        async with self.database.acquire() as db:
            kept = await commands.find(db, request)
            if kept is None:
                return None
            state, _ = await self._current(db, kept.stream)
        return self._replayed(kept, request, state)

    def _replayed(self, kept: commands.Kept, request: Request, state: S) -> Done[S] | Refused:
        if not kept.matches(request):
            return Refused(Code.KEY_REUSED, "This Idempotency-Key was used for another request. Use a new one.")
        return kept.refusal or Done(kept.seq, state, kept.result, repeated=True)


def _gone() -> NoReturn:
    raise RuntimeError("an idempotency key was taken and is gone")


async def _lock(db: "Connection[Record]", stream: UUID) -> None:
    """Take the stream's turn. Raises when the transaction has written already: the feed would lose its order."""
    row = await db.fetchrow(LOCK, str(stream))
    if not row or not row["nothing_written"]:
        raise RuntimeError("a stream is locked first: this transaction has already written something")


LOCK = """
select pg_current_xact_id_if_assigned() is null as nothing_written,
       pg_advisory_xact_lock(hashtextextended($1::text, 0))
"""
