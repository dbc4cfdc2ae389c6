"""The lines that this instance holds: who is connected, by socket or by sound alone."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Ends(Protocol):
    """A socket, as far as lines need it: it can be ended."""

    def end(self, code: int) -> None: ...


@dataclass
class Line:
    """Of one seat and connection. Without a socket it lives as long as its sound does."""

    room_id: UUID
    user_id: UUID
    seat: int
    connection_no: int
    socket: Ends | None = None
    microphone: str = "off"
    opened: bool = False  # `ConnectionOpened` is written
    since: float = 0.0  # monotonic seconds, when it lost its socket or was made without one

    @property
    def key(self) -> tuple[UUID, UUID]:
        return self.room_id, self.user_id

    @property
    def identity(self) -> tuple[UUID, UUID, int, int]:
        return self.room_id, self.user_id, self.seat, self.connection_no

    @property
    def age(self) -> tuple[int, int]:
        """Greater is newer."""
        return self.seat, self.connection_no


class Lines:
    """One a room and person: the newest."""

    def __init__(self) -> None:
        self._lines: dict[tuple[UUID, UUID], Line] = {}

    def get(self, room_id: UUID, user_id: UUID) -> Line | None:
        return self._lines.get((room_id, user_id))

    def put(self, line: Line) -> Line | None:
        """Hold this one; the one it takes the place of is returned."""
        former = self._lines.get(line.key)
        self._lines[line.key] = line
        return former

    def drop(self, line: Line) -> None:
        if self._lines.get(line.key) is line:
            del self._lines[line.key]

    def of_room(self, room_id: UUID) -> list[Line]:
        return [line for line in self._lines.values() if line.room_id == room_id]

    def without_socket(self) -> list[Line]:
        return [line for line in self._lines.values() if line.socket is None]

    def all(self) -> list[Line]:
        return list(self._lines.values())
