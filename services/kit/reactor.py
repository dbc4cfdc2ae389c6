"""A consumer that causes commands: no projector. Each fact becomes one ordinary command, keyed by its `ce_id`.

The offset moves afterwards, in a transaction of its own: a crash between the two repeats the command, and its key (and
the rule itself) makes the repeat harmless.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

import structlog
from aiokafka import ConsumerRecord
from pydantic import TypeAdapter

from contracts.base import Envelope, Fact
from contracts.cloudevents import Poison, UnknownType, envelope_of
from services.kit import parking
from services.kit.database import Database
from services.kit.folding import Step, stream_of
from services.kit.offsets import Offsets, Records

log = structlog.get_logger()
F = TypeVar("F", bound=Fact)


class Reactor(Generic[F]):
    """`react` is begun for each fact in order, without waiting for the one before: what they ask of one stream is
    decided together. It must be harmless when it is called again.
    """

    at_once = 500  # commands

    def __init__(
        self,
        database: Database,
        name: str,
        facts: TypeAdapter[F],
        react: Callable[[Envelope[F]], Awaitable[None]],
    ) -> None:
        self.name = name
        self.offsets = Offsets(database, name)
        self.unknown_types = 0
        self._database, self._facts, self._react = database, facts, react

    async def apply(self, records: Records) -> None:
        """React to all of the records, then move past them. Raises what `react` raises: the batch comes again."""
        unreadable: list[tuple[Step[F], str]] = []
        envelopes: list[Envelope[F]] = []
        for record in records:
            try:
                envelopes.append(envelope_of(record.headers, record.value, self._facts))
            except UnknownType:
                self.unknown_types += 1
            except Poison as poison:
                unreadable.append((Step(record), str(poison)))
        for outcome in await asyncio.gather(*map(self._react, envelopes), return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome
        async with self._database.transaction() as db:
            await self.offsets.move(db, records)
            for step, reason in unreadable:
                log.error("record buried", consumer=self.name, reason=reason, offset=step.record.offset)
                await parking.bury(db, self.name, stream_of(step.record), [step], reason)

    async def again(self, record: "ConsumerRecord[bytes, bytes]") -> str | None:
        """React to a buried record; or return why it is still not to be read. Raises what `react` raises."""
        try:
            await self._react(envelope_of(record.headers, record.value, self._facts))
        except UnknownType:
            self.unknown_types += 1
        except Poison as poison:
            return str(poison)
        return None
