"""One partition of a log, folded again in memory. A stream is in one partition: never are all needed at once."""

from collections.abc import Callable
from typing import Generic, TypeVar
from uuid import UUID

from contracts.base import Fact
from services.kit.folding import stream_of
from services.kit.recipe import Memory, Recipe
from services.kit.replay import Replay
from services.kit.replica import Replica

F = TypeVar("F", bound=Fact)
S = TypeVar("S")


def unheard(records: int) -> None:
    """Nobody wants to know how many records were folded."""


class Refold(Generic[F, S]):
    """Folded up to `at`, the next offset. `folded` is told how many records, batch by batch."""

    def __init__(
        self,
        log: Replay,
        recipe: Recipe[F, S],
        partition: int,
        at: int,
        folded: Callable[[int], None] = unheard,
        only: UUID | None = None,
    ) -> None:
        """`only`: of this stream alone."""
        self.partition, self.at = partition, at
        self.replica = Replica(recipe.model, recipe.memory())
        self._log, self._folded, self._only = log, folded, only

    @property
    def memory(self) -> Memory[F, S]:
        return self.replica.memory

    @property
    def streams(self) -> set[UUID]:
        """All that were heard of, those that stopped at their first record, too."""
        return {*self.memory.streams(), *self.replica.parked}

    async def advance(self, end: int) -> None:
        """Fold up to `end`. What was parked and can be folded by then is mended, as an operator's retry would."""
        async for records in self._log.read(self.partition, self.at, end):
            self.replica.apply([each for each in records if self._only in (None, stream_of(each))])
            self._folded(len(records))
        self.at = max(self.at, end)
        self.replica.mend()
