"""One open hallway: what it is still to be sent, never more than a bound."""

import asyncio

from services.directory.live.ring import Change
from services.directory.queries.listing import Filter

BOUND = 1000  # blocks
BEAT_SECONDS = 15.0
BEAT = b": beat\n\n"


class Subscription:
    def __init__(self, wanted: Filter, bound: int = BOUND) -> None:
        self._wanted, self._bound = wanted, bound
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.over = False

    def offer(self, change: Change) -> None:
        """Queue what a change means to this viewer. Whoever does not keep up is ended instead: coming back is cheap."""
        block = change.block_for(self._wanted)
        if self.over or block is None:
            return
        if self._queue.qsize() >= self._bound:
            self.end()
        else:
            self._queue.put_nowait(block)

    def end(self) -> None:
        """Nothing more comes; what waits is thrown away."""
        self.over = True
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(None)

    async def next(self) -> bytes | None:
        """The next block, a comment when nothing happens for 15 s, or None at the end."""
        try:
            async with asyncio.timeout(BEAT_SECONDS):
                return await self._queue.get()
        except TimeoutError:
            return BEAT
