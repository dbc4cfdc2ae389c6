"""The lines that this instance holds: who is connected, by socket or by sound alone."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol
from uuid import UUID

from services.signalling.outbox import Outbox

NEVER_CAME_SECONDS = 40.0  # an answered media session that has not connected by then never will: media gives it 30 s
PLAIN = {"line": "here", "microphone": "off"}  # what everybody takes of everybody until something else is said


class Socket(Protocol):
    """A room socket, as far as lines need it."""

    outbox: Outbox

    def nudge(self) -> None: ...

    def end(self, code: int) -> None: ...


@dataclass
class Line:
    """Of one seat and connection. Without a socket it lives as long as its sound does."""

    room_id: UUID
    user_id: UUID
    seat: int
    connection_no: int
    socket: Socket | None = None
    microphone: str = "off"
    lost: bool = False  # it had a socket; one that only has sound is plainly here
    opened: bool = False  # `ConnectionOpened` is written
    since: float = 0.0  # monotonic seconds, when it lost its socket or was made without one

    @property
    def identity(self) -> tuple[UUID, UUID, int, int]:
        return self.room_id, self.user_id, self.seat, self.connection_no

    @property
    def age(self) -> tuple[int, int]:
        """Greater is newer: a later seat, or a later connection of the same."""
        return self.seat, self.connection_no

    @property
    def state(self) -> dict[str, Any]:
        """How it is, as others are told."""
        line = "reconnecting" if self.lost else "here"
        return {"user_id": str(self.user_id), "line": line, "microphone": self.microphone}

    @property
    def plain(self) -> bool:
        return self.state.items() >= PLAIN.items()


class Verdict(Enum):
    KEEP = auto()
    OPEN = auto()  # its sound is there: say so in the log
    CLOSE = auto()  # neither socket nor sound any more: say so in the log
    DROP = auto()  # expected, and never came


def verdict(line: Line, alive: bool, now: float) -> Verdict:
    """What becomes of a line without a socket; `alive`: media had a sign of life; `now` in monotonic seconds."""
    if alive:
        return Verdict.KEEP if line.opened else Verdict.OPEN
    if line.opened:
        return Verdict.CLOSE
    return Verdict.DROP if now - line.since > NEVER_CAME_SECONDS else Verdict.KEEP


class Lines:
    """One a room and person: the newest."""

    def __init__(self) -> None:
        self._rooms: dict[UUID, dict[UUID, Line]] = {}

    def get(self, room_id: UUID, user_id: UUID) -> Line | None:
        return self._rooms.get(room_id, {}).get(user_id)

    def put(self, line: Line) -> Line | None:
        """Hold this one; the one it takes the place of is returned."""
        room = self._rooms.setdefault(line.room_id, {})
        former = room.get(line.user_id)
        room[line.user_id] = line
        return former

    def drop(self, line: Line) -> None:
        room = self._rooms.get(line.room_id, {})
        if room.get(line.user_id) is line:
            del room[line.user_id]
            if not room:
                del self._rooms[line.room_id]

    def holds(self, line: Line) -> bool:
        return self.get(line.room_id, line.user_id) is line

    def of_room(self, room_id: UUID) -> list[Line]:
        return list(self._rooms.get(room_id, {}).values())

    def rooms(self) -> set[UUID]:
        """Those in which somebody has a line."""
        return set(self._rooms)

    def without_socket(self) -> list[Line]:
        return [line for line in self.all() if line.socket is None]

    def all(self) -> list[Line]:
        return [line for room in self._rooms.values() for line in room.values()]
