"""Where voices leave. The loop is behind one small interface, so that a faster one can stand in for the Python one."""

from typing import Protocol

from services.media.engine.room import Forward


class Plane(Protocol):
    sent: int  # packets, ever

    def forward(self, forward: Forward) -> int:
        """Send a voice to everyone who listens but its owner; to how many it went."""
        ...
