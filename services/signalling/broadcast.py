"""What everybody of a room who is connected here gets to know.

Several instances: passing states go as far as this instance now; another's would come in here, from a topic of theirs.
"""

from uuid import UUID

from contracts.base import Envelope
from contracts.cloudevents import UnknownType
from contracts.room_snapshot import RoomSnapshot
from contracts.rooms import RoomFact
from services.signalling.lines import Line, Lines, Socket
from services.signalling.outbox import Message, Told


class Broadcast:
    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._marked: dict[UUID, set[UUID]] = {}  # by room: whom others were told not to take for plainly here

    def fact(self, room: RoomSnapshot, fact: Envelope[RoomFact] | UnknownType) -> None:
        """To every socket of the room; `room` as it is with the fact."""
        told = Told(fact)
        for socket in self._sockets(room.id):
            socket.outbox.add_fact(told, room)
            socket.nudge()

    def state(self, line: Line) -> None:
        """How somebody's line is, to everybody in the room."""
        marked, state = self._marked.setdefault(line.room_id, set()), line.state
        (marked.discard if line.plain else marked.add)(line.user_id)
        for socket in self._sockets(line.room_id):
            socket.outbox.add_state(state)
            socket.nudge()

    def arrival(self, room: RoomSnapshot, line: Line) -> None:
        """A line stands now. Of most listeners nothing is said: everybody takes them for plainly here."""
        if self._matters(room, line) or line.user_id in self._marked.get(room.id, ()):
            self.state(line)

    def states(self, room: RoomSnapshot) -> list[Message]:
        """For a newcomer: everybody on the stage, and those who are not plainly here."""
        lines = self._lines.of_room(room.id)
        lost = {user for user in self._marked.get(room.id, ()) if user in room.seats} - {line.user_id for line in lines}
        gone = [Line(room.id, user, room.seats[user].seat, 0, lost=True).state for user in lost]
        return [line.state for line in lines if self._matters(room, line)] + gone

    def end_room(self, room_id: UUID, code: int) -> None:
        for socket in self._sockets(room_id):
            socket.end(code)

    def end_all(self, code: int) -> None:
        for line in self._lines.all():
            if line.socket:
                line.socket.end(code)

    def forget(self, room_id: UUID) -> None:
        """Nobody of this room is connected here any more."""
        self._marked.pop(room_id, None)

    def _matters(self, room: RoomSnapshot, line: Line) -> bool:
        role = room.role_of(line.user_id)
        return not line.plain or (role is not None and role.on_stage)

    def _sockets(self, room_id: UUID) -> list[Socket]:
        return [line.socket for line in self._lines.of_room(room_id) if line.socket]
