"""One open hallway: what it is still to be sent, never more than a bound."""

import asyncio
from typing import Final

from services.directory.queries.listing import Filter

BOUND = 100  # pieces of news, each of one tick
BEAT_SECONDS = 15.0
BEAT = b": beat\n\n"


class Again:
    """What this viewer may see has changed: the hallway begins again from its first page."""


AGAIN: Final = Again()


class Subscription:
    def __init__(self, wanted: Filter, bound: int = BOUND) -> None:
        self.wanted, self._bound = wanted, bound
        self._queue: asyncio.Queue[bytes | Again | None] = asyncio.Queue()
        self.over = False

    def offer(self, news: bytes) -> None:
        """Queue what is to be said. Whoever does not keep up is ended instead: coming back is cheap."""
        if self.over:
            return
        if self._queue.qsize() >= self._bound:
            self.end()
        else:
            self._queue.put_nowait(news)

    def begin_again(self) -> None:
        """What waits is thrown away: it may be such that this viewer is not to see it any more."""
        if not self.over:
            self._empty()
            self._queue.put_nowait(AGAIN)

    def now_wants(self, wanted: Filter) -> None:
        """From here on. What came meanwhile was chosen by what was wanted before."""
        self.wanted = wanted
        if not self.over:
            self._empty()

    def end(self) -> None:
        """Nothing more comes; what waits is thrown away."""
        self.over = True
        self._empty()
        self._queue.put_nowait(None)

    async def next(self) -> bytes | Again | None:
        """What comes next, a comment when nothing happens for 15 s, or None at the end."""
        try:
            async with asyncio.timeout(BEAT_SECONDS):
                return await self._queue.get()
        except TimeoutError:
            return BEAT

    def _empty(self) -> None:
        while not self._queue.empty():
            self._queue.get_nowait()
