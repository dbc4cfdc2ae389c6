"""Is a read model the fold of its log? Everything is folded again, partition by partition, and compared.

It runs beside the live projection. What is compared is a cut: rows and offset are read in one snapshot, and the log is
folded up to exactly that offset. Memory holds the streams of one partition, and the ids of all.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from contracts.base import Fact
from services.kit.comparing import Difference, Texts, compared, texts
from services.kit.database import Database
from services.kit.recipe import Recipe, Table
from services.kit.refold import Refold, unheard
from services.kit.replay import Replay

F = TypeVar("F", bound=Fact)
S = TypeVar("S")
CHUNK = 200  # streams
IDS = 20_000
PATIENCE_SECONDS = 30.0
POLL_SECONDS = 0.1
FIRST = UUID(int=0)


class Behind(Exception):
    """The projection does not come to where the log ends: there is nothing to compare with."""


@dataclass(frozen=True)
class Cut:
    """Some streams as they are stored, when the projection stood at `offset`."""

    offset: int
    stored: dict[str, Texts]


class Verification(Generic[F, S]):
    """`folded` is told how many records were folded, now and then."""

    def __init__(
        self,
        database: Database,
        log: Replay,
        recipe: Recipe[F, S],
        folded: Callable[[int], None] = unheard,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._database, self._log, self._recipe = database, log, recipe
        self._folded, self._patience_seconds = folded, patience_seconds

    async def differences(self) -> AsyncIterator[Difference]:
        """All that was told before this was called is looked at. Raises `Behind`."""
        for row in await self._database.fetch(PARKED, self._recipe.name):
            yield Difference(row["stream"], "parked", reason=row["reason"])
        stored = await self._stored_streams()
        beginnings, ends = await self._log.beginnings(), await self._log.ends()
        for partition, end in ends.items():
            await self._reached(partition, end)
            refold = Refold(self._log, self._recipe, partition, beginnings[partition], self._folded)
            await refold.advance(end)
            async for difference in self._compared(refold, stored[partition]):
                yield difference

    async def _compared(self, refold: Refold[F, S], stored: set[UUID]) -> AsyncIterator[Difference]:
        streams = sorted(stored | refold.streams)
        for start in range(0, len(streams), CHUNK):
            chunk = streams[start : start + CHUNK]
            cut = await self._cut(refold.partition, chunk)
            await refold.advance(cut.offset)
            for table in self._recipe.tables:
                right = texts(table, refold.memory.rows(table, chunk))
                for difference in compared(table, chunk, cut.stored[table.name], right):
                    yield difference

    async def _stored_streams(self) -> dict[int, set[UUID]]:
        """By partition: whoever has a row in any table."""
        found: dict[int, set[UUID]] = defaultdict(set)
        for table in self._recipe.tables:
            last = FIRST
            while rows := await self._database.fetch(streams_after(table), last, IDS):
                for row in rows:
                    found[self._log.topic.partition_of(row["stream"])].add(row["stream"])
                last = rows[-1]["stream"]
        return found

    async def _reached(self, partition: int, end: int) -> None:
        at, since = -1, time.monotonic()
        while (now := await self._offset(partition)) < end:
            if now > at:
                at, since = now, time.monotonic()
            if time.monotonic() - since > self._patience_seconds:
                raise Behind(
                    f"{self._recipe.name}: of {self._log.topic.name}/{partition} it has read up to {now} of {end}, and"
                    " does not go on: see `hallway status`"
                )
            await asyncio.sleep(POLL_SECONDS)

    async def _offset(self, partition: int) -> int:
        found = await self._database.fetchval(OFFSET, self._recipe.name, self._log.topic.name, partition)
        return int(found or 0)

    async def _cut(self, partition: int, streams: Sequence[UUID]) -> Cut:
        tables = self._recipe.tables
        async with (
            self._database.acquire() as db,
            db.transaction(isolation="repeatable_read", readonly=True),
        ):
            offset = await db.fetchval(OFFSET, self._recipe.name, self._log.topic.name, partition)
            rows = {table.name: await db.fetch(rows_of(table), streams) for table in tables}
        stored = {table.name: texts(table, [tuple(row) for row in rows[table.name]]) for table in tables}
        return Cut(int(offset or 0), stored)


def rows_of(table: Table) -> str:
    return f"select {', '.join(table.columns)} from {table.name} where {table.stream} = any($1)"


def streams_after(table: Table) -> str:
    return (
        f"select distinct {table.stream} as stream from {table.name}"
        f" where {table.stream} > $1 order by {table.stream} limit $2"
    )


PARKED = "select stream, reason from parked_streams where projection = $1 order by at, stream"
OFFSET = "select next_offset from projection_offsets where projection = $1 and topic = $2 and partition = $3"
