"""Who waits for a stream: those who come while it is at work are served together, in the order in which they came.

Bounded for each stream and for the process: over it nobody is let in, so a crowd costs an answer, never the heap.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar
from uuid import UUID

W = TypeVar("W")
Take = Callable[[], list[W]]  # those who are served now; called once the stream is ours


class Batches(Generic[W]):
    """`serve(stream, take)` answers everyone it takes; it is called again while somebody waits. It must not raise."""

    def __init__(
        self,
        serve: Callable[[UUID, Take[W]], Awaitable[None]],
        most_at_once: int,
        most_waiting_for_one: int,
        most_waiting: int,
    ) -> None:
        self._serve, self._most_at_once = serve, most_at_once
        self._most_for_one, self._most = most_waiting_for_one, most_waiting
        self._queues: dict[UUID, deque[W]] = {}
        self._at_work: set[asyncio.Task[None]] = set()
        self.waiting = 0

    def add(self, stream: UUID, waiter: W, always: bool = False) -> bool:
        """False when too many wait already; `always`: those from inside are few, and are never turned away."""
        queue = self._queues.get(stream)
        full = self.waiting >= self._most or (queue is not None and len(queue) >= self._most_for_one)
        if full and not always:
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

    async def _work(self, stream: UUID) -> None:
        queue = self._queues[stream]

        def take() -> list[W]:
            taken = [queue.popleft() for _ in range(min(len(queue), self._most_at_once))]
            self.waiting -= len(taken)
            return taken

        try:
            while queue:
                await self._serve(stream, take)
        finally:
            self.waiting -= len(queue)
            del self._queues[stream]
