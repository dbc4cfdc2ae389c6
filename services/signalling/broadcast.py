"""What everybody of a room who is connected here gets to know.

Several instances: passing states go as far as this instance now; another's would come in here, from a topic of theirs.
"""

from uuid import UUID

from contracts.base import Envelope
from contracts.cloudevents import UnknownType
from contracts.room_snapshot import RoomSnapshot
from contracts.rooms import RoomFact
from services.signalling.lines import Line, Lines
from services.signalling.outbox import Message, Told
from services.signalling.sockets import RoomSocket


class Broadcast:
    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def fact(self, room: RoomSnapshot, fact: Envelope[RoomFact] | UnknownType) -> None:
        """To every socket of the room; `room` as it is with the fact."""
        told = Told(fact)
        for socket in self._sockets(room.id):
            socket.outbox.add_fact(told, room)
            socket.nudge()

    def state(self, line: Line) -> None:
        """How somebody's line is, to everybody in the room."""
        state = line.state
        for socket in self._sockets(line.room_id):
            socket.outbox.add_state(state)
            socket.nudge()

    def states(self, room: RoomSnapshot) -> list[Message]:
        """For a newcomer: everybody on the stage, and of the audience those who are not plainly here."""
        return [line.state for line in self._lines.of_room(room.id) if _on_stage(room, line) or not line.plain]

    def end_room(self, room_id: UUID, code: int) -> None:
        for socket in self._sockets(room_id):
            socket.end(code)

    def end_all(self, code: int) -> None:
        for line in self._lines.all():
            if line.socket:
                line.socket.end(code)

    def _sockets(self, room_id: UUID) -> list[RoomSocket]:
        lines = self._lines.of_room(room_id)
        return [line.socket for line in lines if isinstance(line.socket, RoomSocket)]


def _on_stage(room: RoomSnapshot, line: Line) -> bool:
    role = room.role_of(line.user_id)
    return role is not None and role.on_stage
