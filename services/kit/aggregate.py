"""What an event store stores: a decider, and what stands beside its log."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import TypeAdapter

from contracts.base import Envelope, Fact
from services.kit.database import Connection, Record
from services.kit.decisions import Decided, Refused

S = TypeVar("S")  # the state of a stream
C = TypeVar("C")  # its commands
F = TypeVar("F", bound=Fact)  # its facts
X = TypeVar("X")  # what stands beside the log and is read for a decision
R = TypeVar("R")  # what is written beside the log


class Conflict(Exception):
    """Raised by an aggregate's `write` when a unique row says no: nothing is kept, `refused` is the answer."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message)
        self.refused = refused


@dataclass(frozen=True)
class Snapshots(Generic[S]):
    """How states are remembered, about every so many versions. `fold_version` changes with the state and `evolve`.

    `load` may raise ValueError: what cannot be read is folded anew.
    """

    fold_version: int
    dump: Callable[[S], bytes]
    load: Callable[[UUID, bytes], S]
    every: int = 500


async def _nothing_beside(db: "Connection[Record]", stream: UUID, state: Any, commands: Sequence[Any]) -> Any:
    return None


async def _no_rows(db: "Connection[Record]", stream: UUID, rows: Sequence[Any]) -> None:
    if rows:
        raise TypeError("this aggregate has no rows beside its log")


def _unchanged(beside: X, rows: Sequence[Any]) -> X:
    return beside


@dataclass(frozen=True)
class Aggregate(Generic[S, C, F, X, R]):
    """A decider and its surroundings. `decide`, `evolve` and `after` are pure; `read` and `write` run under the lock.

    `read` gives what the decisions on these commands need from beside the log, `after` the same with these rows
    written: of commands that are decided together, the later ones see what the earlier ones did. `together` False:
    each command has a transaction of its own.
    """

    source: str  # ce_source of its facts: "/rooms"
    facts: TypeAdapter[F]
    initial: Callable[[UUID], S]
    decide: Callable[[C, S, X], Decided[F, R] | Refused]
    evolve: Callable[[S, Envelope[F]], S]
    read: Callable[["Connection[Record]", UUID, S, Sequence[C]], Awaitable[X]] = _nothing_beside
    write: Callable[["Connection[Record]", UUID, Sequence[R]], Awaitable[None]] = _no_rows
    after: Callable[[X, Sequence[R]], X] = _unchanged
    snapshots: Snapshots[S] | None = None
    together: bool = True
