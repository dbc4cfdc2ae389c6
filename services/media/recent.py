"""The last 90 s of the log: facts may come before the offer that they decide about."""

from collections import deque
from uuid import UUID

from contracts.cloudevents import claimed_version
from services.kit.offsets import Records

KEPT_SECONDS = 90.0
MOST = 50_000  # records; beyond that the oldest go early


class Recent:
    """Records as they came, by room: most rooms are on other nodes, so they are read only when somebody asks."""

    def __init__(self) -> None:
        self._order: deque[tuple[float, UUID]] = deque()
        self._records: dict[UUID, deque[Records]] = {}

    def add(self, room_id: UUID, records: Records, now: float) -> None:
        """One or more records of one room, in order."""
        self._order.append((now, room_id))
        self._records.setdefault(room_id, deque()).append(records)
        while len(self._order) > MOST or now - self._order[0][0] > KEPT_SECONDS:
            self._forget_oldest()

    def after(self, room_id: UUID, seq: int) -> Records:
        """Those of a room that come after `seq`: a busy room has thousands, and whoever asks knows most of them."""
        return [
            record
            for records in self._records.get(room_id, ())
            for record in records
            if (version := claimed_version(record.headers)) is None or version > seq
        ]

    def _forget_oldest(self) -> None:
        _, room_id = self._order.popleft()
        records = self._records[room_id]
        records.popleft()
        if not records:
            del self._records[room_id]
