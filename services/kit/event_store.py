"""The event store: commands on streams, durable and in order. Nothing else ever writes a stream.

Commands that wait for the same stream are decided together, in one transaction (`sitting`), and each is answered for
itself, after the commit. See docs/decisions/0011-decided-together.md.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Generic, Self
from uuid import UUID

import asyncpg
import structlog

from contracts.base import Envelope
from contracts.problems import Code
from services.kit import commands
from services.kit.aggregate import Aggregate, C, Conflict, F, R, S, X
from services.kit.batches import Batches, Limits, Take
from services.kit.commands import Request
from services.kit.database import LOST, Connection, Database, Record
from services.kit.decisions import Refused
from services.kit.events import Cause, heads, read
from services.kit.health import Check, Probe
from services.kit.ids import Clock, NewId, new_id, now
from services.kit.sitting import Done, Outcome, Sitting, Waiting, replayed
from services.kit.snapshots import remember, remembered
from services.kit.state_cache import StateCache

log = structlog.get_logger()
__all__ = ["Aggregate", "Conflict", "Done", "EventStore", "Limits", "waiting"]

ONES_OWN = (Conflict, asyncpg.DataError, asyncpg.IntegrityConstraintViolationError)  # not the whole batch's
USUAL = Limits()
BUSY = Refused(Code.UNAVAILABLE, "Too many are asking at this moment. Try again in a second.", 1)


class EventStore(Generic[S, C, F, X, R]):
    """Any number of instances may serve the same streams: the truth is in Postgres, the cache only saves reading.

    `async with database, store`: at the end, what is being decided is written before the database is let go.
    """

    def __init__(
        self,
        database: Database,
        aggregate: Aggregate[S, C, F, X, R],
        clock: Clock = now,
        make_id: NewId = new_id,
        limits: Limits = USUAL,
    ) -> None:
        self.database, self.aggregate = database, aggregate
        self._clock, self._make_id = clock, make_id
        self._cache: StateCache[S] = StateCache(limits.cached_streams)
        most_at_once = limits.most_at_once if aggregate.together else 1
        self._batches: Batches[Waiting[C, S]] = Batches(self._serve, replace(limits, most_at_once=most_at_once))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._batches.end()

    async def handle(
        self, stream: UUID, command: C, cause: Cause, request: Request | None = None, always: bool = False
    ) -> Done[S] | Refused:
        """Decide the command and make it durable. Returns only after the commit; a refusal changes nothing.

        Where too many wait already it is refused at once, unless it is to be done `always`: what this service asks of
        itself. Such commands are done in their order or fail in it: where one fails, so do those that wait after it.
        Any error, an unknown outcome included, drops what is cached of the stream: the next command reads it anew. A
        command whose asker goes away before its turn is not done.
        """
        waiting = Waiting(command, cause, request, asyncio.get_running_loop().create_future(), always)
        return await waiting.outcome if self._batches.add(stream, waiting, always) else BUSY

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

    @property
    def waiting(self) -> int:
        """Commands that wait for their turn in this process."""
        return self._batches.waiting

    async def _serve(self, stream: UUID, take: Take[Waiting[C, S]]) -> Exception | None:
        """Those who wait, together. Where one is in the way of them all, one by one. The error that hit them all."""
        taken: list[Waiting[C, S]] = []

        def those_still_here() -> list[Waiting[C, S]]:
            taken.extend(each for each in take() if not each.outcome.done())
            return taken

        try:
            await self._decided(stream, those_still_here)
            return None
        except Exception as error:
            if len(taken) > 1 and isinstance(error, ONES_OWN):
                await self._one_by_one(stream, taken)
                return None
            for each in self._batches.withdraw(stream, _in_order):
                each.answer(error)
            for each in taken or those_still_here():
                each.answer(await self._explained(error, each.request))
            return error

    async def _one_by_one(self, stream: UUID, taken: Sequence[Waiting[C, S]]) -> None:
        failed: Exception | None = None
        for each in taken:
            if failed and each.always:
                each.answer(failed)
            elif (error := await self._serve(stream, partial(list, [each]))) and each.always:
                failed = error

    async def _explained(self, error: Exception, request: Request | None) -> Outcome[S]:
        """Of two with one key at once on two (new) streams, the other's row is in the way: theirs is the outcome."""
        key_taken = isinstance(error, asyncpg.UniqueViolationError) and error.constraint_name == "commands_pkey"
        try:
            if request and (key_taken or isinstance(error, Conflict)) and (first := await self._first_outcome(request)):
                return first
        except Exception as another:
            return another
        return error.refused if isinstance(error, Conflict) else error

    async def _decided(self, stream: UUID, take: Take[Waiting[C, S]]) -> None:
        """Decide those taken, and answer them once it is committed."""
        taken: list[Waiting[C, S]] = []
        try:
            async with self.database.transaction() as db:
                await lock(db, stream)
                state, version = await self._current(db, stream)
                taken = take()
                if not taken:  # they have all gone away
                    return
                sitting = Sitting(self.aggregate, stream, state, version, self._clock, self._make_id)
                outcomes = await sitting.decide(db, taken)
        except BaseException:
            self._cache.evict(stream)
            raise
        self._cache.advance(stream, sitting.state, sitting.version)
        for waiting, outcome in zip(taken, outcomes, strict=True):
            waiting.answer(outcome)
        await self._remember(stream, version, sitting)

    async def _remember(self, stream: UUID, before: int, sitting: "Sitting[S, C, F, X, R]") -> None:
        snapshots = self.aggregate.snapshots
        if snapshots and sitting.version // snapshots.every > before // snapshots.every:
            try:
                await remember(self.database, snapshots, stream, sitting.state, sitting.version)
            except (*LOST, asyncpg.PostgresError) as error:  # the next time will do
                log.warning("state not remembered", stream=str(stream), error=repr(error))

    async def _current(self, db: "Connection[Record]", stream: UUID) -> tuple[S, int]:
        state, version = self._cache.get(stream) or await self._beginning(db, stream)
        envelopes, version = await read(db, self.aggregate.facts, stream, version)
        for envelope in envelopes:
            state = self.aggregate.evolve(state, envelope)
        return state, version

    async def _beginning(self, db: "Connection[Record]", stream: UUID) -> tuple[S, int]:
        snapshots = self.aggregate.snapshots
        found = await remembered(db, snapshots, stream) if snapshots else None
        return found or (self.aggregate.initial(stream), 0)

    async def _first_outcome(self, request: Request) -> Done[S] | Refused | None:
        """What somebody got who used the same key at the same moment on another stream; None: nobody did."""
        async with self.database.acquire() as db:
            kept = (await commands.find(db, [request])).get(request.named)
            if kept is None:
                return None
            state, _ = await self._current(db, kept.stream)
        return replayed(kept, request, state)


def waiting(store: EventStore[Any, Any, Any, Any, Any]) -> Probe:
    """How many commands wait for their turn; whoever comes when there are too many is told to try again."""

    async def probe() -> Check:
        return Check(True, "taken", {"waiting": store.waiting})

    return probe


def _in_order(waiting: Waiting[Any, Any]) -> bool:
    return waiting.always


async def lock(db: "Connection[Record]", stream: UUID) -> None:
    """Take the stream's turn. Raises when the transaction has written already: the feed would lose its order."""
    row = await db.fetchrow(LOCK, str(stream))
    if not row or not row["nothing_written"]:
        raise RuntimeError("a stream is locked first: this transaction has already written something")


LOCK = """
select pg_current_xact_id_if_assigned() is null as nothing_written,
       pg_advisory_xact_lock(hashtextextended($1::text, 0))
"""
