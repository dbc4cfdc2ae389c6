"""Who waits for a stream: those who come while it is at work are served together, in the order in which they came.

Bounded for each stream and for the process: over it nobody is let in, so a crowd costs an answer, never the heap.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

W = TypeVar("W")
END_SECONDS = 2.0
Take = Callable[[], list[W]]  # those who are served now; called once the stream is ours


@dataclass(frozen=True)
class Limits:
    """How many commands are decided together, and how many may wait: for one stream, and in this process."""

    most_at_once: int = 100
    most_waiting_for_one: int = 1_000
    most_waiting: int = 10_000
    cached_streams: int = 10_000


class Batches(Generic[W]):
    """`serve(stream, take)` answers everyone it takes; it is called again while somebody waits. It must not raise."""

    def __init__(self, serve: Callable[[UUID, Take[W]], Awaitable[object]], limits: Limits) -> None:
        self._serve, self._limits = serve, limits
        self._queues: dict[UUID, deque[W]] = {}
        self._at_work: set[asyncio.Task[None]] = set()
        self._ending = False
        self.waiting = 0

    def add(self, stream: UUID, waiter: W, always: bool = False) -> bool:
        """False when too many wait already, or at the end; `always`: those from inside are few, and are let in."""
        queue = self._queues.get(stream)
        full = self.waiting >= self._limits.most_waiting or len(queue or ()) >= self._limits.most_waiting_for_one
        if self._ending or (full and not always):
            return False
        self.waiting += 1
        if queue is not None:
            queue.append(waiter)
            return True
        self._queues[stream] = deque([waiter])
        task = asyncio.create_task(self._work(stream))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)
        return True

    def withdraw(self, stream: UUID, which: Callable[[W], bool]) -> list[W]:
        """Those of them who still wait for the stream leave its queue."""
        queue = self._queues.get(stream, deque())
        leaving, staying = [each for each in queue if which(each)], [each for each in queue if not which(each)]
        queue.clear()
        queue.extend(staying)
        self.waiting -= len(leaving)
        return leaving

    async def end(self) -> None:
        """Nobody is let in any more. Returns when those who wait are served, or had their time for it."""
        self._ending = True
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=END_SECONDS)

    async def _work(self, stream: UUID) -> None:
        queue = self._queues[stream]

        def take() -> list[W]:
            taken = [queue.popleft() for _ in range(min(len(queue), self._limits.most_at_once))]
            self.waiting -= len(taken)
            return taken

        try:
            while queue:
                await self._serve(stream, take)
        finally:
            self.waiting -= len(queue)
            del self._queues[stream]
