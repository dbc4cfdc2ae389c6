"""Numbers for sessions and rooms, by which a plane keeps them in a table."""

import heapq

INDEX_BITS = 16
MOST = 1 << INDEX_BITS  # at a time
GENERATIONS = 1 << 15


class Numbers:
    """The low 16 bits are the smallest index that nobody has; the others tell one holder of it from the next."""

    def __init__(self) -> None:
        self._free: list[int] = []
        self._used = self._taken = 0

    def take(self) -> int:
        if self._free:
            index = heapq.heappop(self._free)
        else:
            index, self._used = self._used, self._used + 1
        self._taken += 1
        return index | self._taken % GENERATIONS << INDEX_BITS

    def give_back(self, number: int) -> None:
        heapq.heappush(self._free, number & MOST - 1)
