"""States by stream, the most recently used ones: saves reading, never decides anything."""

from collections import OrderedDict
from typing import Generic, TypeVar
from uuid import UUID

S = TypeVar("S")


class StateCache(Generic[S]):
    """Holds at most `limit` streams. A state only ever moves forward."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._states: OrderedDict[UUID, tuple[S, int]] = OrderedDict()

    def get(self, stream: UUID) -> tuple[S, int] | None:
        found = self._states.get(stream)
        if found:
            self._states.move_to_end(stream)
        return found

    def advance(self, stream: UUID, state: S, version: int) -> None:
        """Remember a committed state, unless a later one is here already."""
        found = self._states.get(stream)
        if version and (found is None or found[1] <= version):
            self._states[stream] = state, version
            self._states.move_to_end(stream)
        if len(self._states) > self._limit:
            self._states.popitem(last=False)

    def evict(self, stream: UUID) -> None:
        self._states.pop(stream, None)
