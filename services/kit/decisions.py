"""What a decider answers: facts, or a refusal. Both are values; neither is raised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from contracts.problems import Code

F = TypeVar("F", covariant=True)
R = TypeVar("R", covariant=True)


@dataclass(frozen=True)
class Refused:
    """The command makes sense, but it may not be done now: which rule, and (for a person) what would change it."""

    code: Code
    message: str
    retry_after_seconds: int | None = None

    @property
    def passes(self) -> bool:
        """Waiting alone would change it: such a refusal is never kept with a key."""
        return self.retry_after_seconds is not None


@dataclass(frozen=True)
class Decided(Generic[F, R]):
    """What happened: `facts` for the log, `rows` beside it in the same transaction, `result` for the one who asked.

    `result` is JSON: it is kept with the idempotency key, and is answered again when the key is repeated.
    """

    facts: tuple[F, ...] = ()
    rows: tuple[R, ...] = ()
    result: Mapping[str, Any] = field(default_factory=dict)
