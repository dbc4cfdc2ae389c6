"""The relay's watch: within a stream, each version follows the one before, or the feed has lost its order."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

STREAMS = 100_000  # remembered, the most recent ones


class Row(Protocol):
    def __getitem__(self, name: str, /) -> Any: ...


class Gap(AssertionError):
    """A stream's versions do not follow each other: sending on would break every reader."""


class Contiguity:
    def __init__(self, streams: int = STREAMS) -> None:
        self._streams = streams
        self._last: OrderedDict[UUID, int] = OrderedDict()

    def forget(self) -> None:
        self._last.clear()

    def expect(self, rows: Sequence[Row]) -> None:
        """Raises `Gap` when a row (`stream`, `version`) does not follow the last one seen of its stream."""
        for row in rows:
            stream, version = row["stream"], row["version"]
            last = self._last.pop(stream, version - 1)
            if version != last + 1:
                raise Gap(f"stream {stream}: version {version} comes after {last}")
            self._last[stream] = version
            if len(self._last) > self._streams:
                self._last.popitem(last=False)
