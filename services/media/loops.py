"""What runs a plane: sockets, a thread of its own or asyncio's, and the clock."""

from collections.abc import Callable
from typing import Protocol

from services.media.engine.plane import Event, Plane

TICK_SECONDS = 0.1  # reports are spread over ticks: all at once would hold up the sound


class Loop(Protocol):
    """`cpu_seconds`: what it has used of a core so far, if that is not asyncio's own thread."""

    @property
    def name(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def plane(self) -> Plane: ...
    @property
    def cpu_seconds(self) -> float: ...

    def start(self, happened: Callable[[Event], None]) -> None:
        """From now on datagrams are taken; what the plane tells goes to `happened`, in asyncio's thread."""

    def close(self) -> None:
        """Nothing is taken or sent any more."""
