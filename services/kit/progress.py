"""How far a long piece of work is, how fast, and how long it will take."""

import time
from collections.abc import Callable

EVERY_SECONDS = 1.0
Clock = Callable[[], float]


class Progress:
    """Say `add` as the work goes; a line is told every second."""

    def __init__(self, what: str, total: int, tell: Callable[[str], None], clock: Clock = time.monotonic) -> None:
        self.done = 0
        self._what, self._total, self._tell, self._clock = what, total, tell, clock
        self._began = self._told = clock()

    def add(self, events: int) -> None:
        self.done += events
        if self._clock() - self._told >= EVERY_SECONDS:
            self._told = self._clock()
            self._tell(self.line())

    def line(self) -> str:
        rate = self.done / max(self._clock() - self._began, 1e-6)
        left = max(0, self._total - self.done)
        rest = f", {spoken(left / rate)} left" if rate and left else ""
        return f"{self._what}: {self.done:,} of {self._total:,} events, {rate:,.0f}/s{rest}"


def spoken(seconds: float) -> str:
    """`2 min 5 s`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
