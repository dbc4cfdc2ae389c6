"""When someone counts as speaking: after a few loud packets, until a pause that is more than a breath."""

from dataclasses import dataclass

LOUD_DBOV = 50
LOUD_PACKETS = 5  # about 100 ms of voice before it counts
QUIET_SECONDS = 1.0


@dataclass(slots=True)
class Speaking:
    """One participant's voice over time. Both calls answer whether it has just changed."""

    since: float | None = None  # seconds; None while silent
    _loud: int = 0
    _first_at: float = 0.0  # of the loud packets that count
    _loud_at: float = float("-inf")

    def hear(self, level_dbov: int, now: float) -> bool:
        """A packet of this level arrived; True when speaking starts with it."""
        if level_dbov > LOUD_DBOV:
            return False
        self._loud = self._loud + 1 if now - self._loud_at < QUIET_SECONDS else 1
        self._loud_at = now
        if self._loud == 1:
            self._first_at = now
        if self.since is not None or self._loud < LOUD_PACKETS:
            return False
        self.since = self._first_at  # what made it count was spoken, too
        return True

    def pause(self, now: float) -> float | None:
        """Seconds spoken, once it has been quiet long enough; None when nothing has ended."""
        if self.since is None or now - self._loud_at < QUIET_SECONDS:
            return None
        return self.stop()

    def stop(self) -> float | None:
        """It ends at once (left, muted): seconds spoken until the last loud packet, None when silent anyway."""
        if self.since is None:
            return None
        spoken = self._loud_at - self.since
        self.since, self._loud = None, 0
        return spoken
