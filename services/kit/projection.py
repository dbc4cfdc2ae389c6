"""A projection: a batch of records becomes one transaction that folds them into a read model and moves the offsets.

Exactly once: the offsets move by compare-and-set, and per stream what was already folded is dropped. A record that
cannot be applied parks its stream, in order, and the others go on.
"""

from collections.abc import Mapping, Sequence
from typing import Generic, Protocol, TypeVar
from uuid import UUID

import structlog

from contracts.base import Envelope, Fact
from services.kit import parking
from services.kit.database import Connection, Database, Record
from services.kit.folding import Fold, Folding, Stop, facts_of
from services.kit.offsets import Offsets, Records

log = structlog.get_logger()
F = TypeVar("F", bound=Fact)
S = TypeVar("S")


class ReadModel(Fold[F, S], Protocol[F, S]):
    """What a service makes of another's facts. `fold` is pure; one state a stream."""

    name: str  # also the consumer group

    async def load(self, db: "Connection[Record]", batch: Mapping[UUID, Sequence[Envelope[F]]]) -> dict[UUID, S]:
        """The states of these streams, those that have one. The facts are there so that a model of large states can
        load only what they will need."""

    async def save(self, db: "Connection[Record]", states: Mapping[UUID, S]) -> None: ...


class Projection(Generic[F, S]):
    """Idle between batches: all its state is in Postgres, so any number of copies may run."""

    at_once = 2_000  # of a projection that is behind: a room's facts then cost its rows once; a tenth of a second

    def __init__(self, database: Database, model: ReadModel[F, S], name: str | None = None) -> None:
        """`name`: another than the model's own, for a second version of it."""
        self.name = name or model.name
        self.offsets = Offsets(database, self.name)
        self._database, self._model, self._folding = database, model, Folding(model)

    @property
    def unknown_types(self) -> int:
        return self._folding.unknown_types

    async def apply(self, records: Records) -> None:
        """Fold all of the records, or none. Raises `Superseded` when another owner was here."""
        streams, nobodys = self._folding.sort(records)
        async with self._database.transaction() as db:
            await db.execute(NOT_WAITING_FOR_THE_DISK)
            await self.offsets.move(db, records)
            parked = await parking.parked(db, self.name, list(streams))
            followed = {stream: steps for stream, steps in streams.items() if stream not in parked}
            states = await self._model.load(db, facts_of(followed))
            changed: dict[UUID, S] = {}
            for stream, steps in followed.items():
                before = states.get(stream)
                after, stop = self._folding.follow(stream, steps, before)
                if after is not None and after is not before:
                    changed[stream] = after
                if stop:
                    await self._park(db, stream, stop)
            for stream in parked:
                await parking.bury(db, self.name, stream, streams[stream], "its stream is parked")
            for step in nobodys:
                await parking.bury(db, self.name, None, [step], step.error or "")
            if changed:
                await self._model.save(db, changed)

    async def _park(self, db: "Connection[Record]", stream: UUID, stop: Stop[F]) -> None:
        log.error(
            "stream parked",
            projection=self.name,
            stream=str(stream),
            reason=stop.reason,
            records=len(stop.waiting),
        )
        await parking.park(db, self.name, stream, stop.reason)
        await parking.bury(db, self.name, stream, stop.waiting, stop.reason)


# After a crash of Postgres the last batches are gone as a whole, their offsets with them, and come again.
NOT_WAITING_FOR_THE_DISK = "set local synchronous_commit = off"
