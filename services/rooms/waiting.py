"""Long polls: one question to the database for all who wait, however many they are."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from uuid import UUID

LOOK_SECONDS = 0.1


class Arrivals:
    """Whoever waits for a room to go on is woken when it has, or when their time is up."""

    def __init__(self, heads: Callable[[Sequence[UUID]], Awaitable[dict[UUID, int]]]) -> None:
        self._heads = heads
        self._waiting: defaultdict[UUID, set[tuple[int, asyncio.Event]]] = defaultdict(set)
        self._stopping = False

    async def above(self, room_id: UUID, seq: int, seconds: float) -> None:
        """Return once the room has a version above `seq`; after so many seconds, or when the service stops, too."""
        if self._stopping:
            return
        arrived = asyncio.Event()
        waiter = seq, arrived
        self._waiting[room_id].add(waiter)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await arrived.wait()
        finally:
            self._waiting[room_id].discard(waiter)
            if not self._waiting[room_id]:
                del self._waiting[room_id]

    async def look(self) -> None:
        """Ask once, and wake whom it concerns."""
        if not self._waiting:
            return
        for room_id, head in (await self._heads(list(self._waiting))).items():
            for seq, arrived in self._waiting.get(room_id, ()):
                if head > seq:
                    arrived.set()

    def hang_up(self) -> None:
        """The service stops: nobody waits any longer."""
        self._stopping = True
        for waiters in self._waiting.values():
            for _, arrived in waiters:
                arrived.set()
