"""A line in which handshakes wait: their arithmetic is long, and sound goes through between one turn and the next."""

import asyncio
from collections import deque

EVERY_SECONDS = 0.002


class Turns:
    """Whoever came first goes first. The line is as long as there are sessions that join (`MEDIA_MAX_JOINING`)."""

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._open = True

    async def take(self) -> None:
        """Wait for one's turn. Whoever is cancelled meanwhile has given up the place."""
        if self._open:
            return self._close()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        return await turn

    def _close(self) -> None:
        self._open = False
        asyncio.get_running_loop().call_later(EVERY_SECONDS, self._next)

    def _next(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return self._close()
        self._open = True
        return None
