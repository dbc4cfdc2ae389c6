"""What it takes to make a read model again from the log: its topic, its fold, its tables, and the same in memory."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from contracts.base import Envelope, Fact
from contracts.kafka import Topic
from services.kit.projection import ReadModel

F = TypeVar("F", bound=Fact)
S = TypeVar("S")
Told = TypeVar("Told", bound=Fact, contravariant=True)
Row = tuple[object, ...]  # in the order of its table's columns; jsonb as dicts and lists


@dataclass(frozen=True)
class Table:
    """`stream`: the column that says whose row it is. Columns that Postgres generates are left out."""

    name: str
    stream: str
    columns: tuple[str, ...]


class Memory(Protocol[Told, S]):
    """The read model's tables, for some streams, in memory: `load` and `save` as the model's own."""

    def load(self, batch: Mapping[UUID, Sequence[Envelope[Told]]]) -> dict[UUID, S]: ...

    def save(self, states: Mapping[UUID, S]) -> None: ...

    def streams(self) -> Collection[UUID]: ...

    def rows(self, table: Table, streams: Iterable[UUID]) -> Iterable[Row]:
        """What stands in a table for these streams."""


@dataclass(frozen=True)
class Recipe(Generic[F, S]):
    """The first table has one row a stream, its version in `seq`. `derived`: tables kept by triggers of the others."""

    topic: Topic
    model: ReadModel[F, S]
    memory: Callable[[], Memory[F, S]]
    tables: tuple[Table, ...]
    door: str  # the module that runs it: python -m <door> verify
    derived: tuple[str, ...] = ()

    @property
    def all_tables(self) -> tuple[str, ...]:
        return (*(table.name for table in self.tables), *self.derived)

    @property
    def name(self) -> str:
        return self.model.name
