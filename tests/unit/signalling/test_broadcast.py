from uuid import UUID

from contracts.roles import Role
from services.signalling.broadcast import Broadcast
from services.signalling.lines import Line, Lines
from services.signalling.outbox import Message, Outbox
from tests.unit.signalling.rooms import ALICE, BOB, HOST, ROOM, room


class Socket:
    def __init__(self, viewer: UUID) -> None:
        self.outbox = Outbox(viewer)

    def nudge(self) -> None: ...

    def end(self, code: int) -> None: ...

    def hears(self) -> list[Message]:
        return self.outbox.take()


class Room:
    """The host listens; others come and go."""

    def __init__(self) -> None:
        self.lines, self.host = Lines(), Socket(HOST)
        self.broadcast = Broadcast(self.lines)
        self.comes(HOST, self.host)

    def comes(self, user: UUID, socket: Socket | None = None) -> Line:
        line = Line(ROOM, user, room.seats[user].seat, 1, socket=socket or Socket(user))
        self.lines.put(line)
        self.broadcast.arrival(room, line)
        return line

    def loses_socket(self, line: Line) -> None:
        line.socket, line.lost = None, True
        self.broadcast.state(line)


def how(user: UUID, line: str, microphone: str = "off") -> Message:
    return {"user_id": str(user), "line": line, "microphone": microphone}


def presence(user: UUID, line: str, microphone: str = "off") -> Message:
    return {"type": "presence", **how(user, line, microphone)}


def test_of_a_listener_who_comes_nothing_is_said() -> None:
    here = Room()
    here.host.hears()
    here.comes(ALICE)
    assert here.host.hears() == []


def test_of_who_comes_on_stage_everybody_hears() -> None:
    here = Room()
    alice = here.comes(ALICE)
    assert alice.socket is not None
    here.comes(HOST)
    assert alice.socket.outbox.take() == [presence(HOST, "here")]


def test_a_lost_socket_is_told_and_so_is_its_return_even_when_the_line_was_given_up_meanwhile() -> None:
    here = Room()
    here.host.hears()
    alice = here.comes(ALICE)
    here.loses_socket(alice)
    assert here.host.hears() == [presence(ALICE, "reconnecting")]
    here.lines.drop(alice)
    here.comes(ALICE)
    assert here.host.hears() == [presence(ALICE, "here")]


def test_a_newcomer_is_told_how_the_stage_is_and_who_is_not_plainly_here() -> None:
    here = Room()
    here.comes(BOB)
    assert here.broadcast.states(room) == [how(HOST, "here")]
    alice = here.comes(ALICE)
    alice.microphone = "blocked"
    here.broadcast.state(alice)
    assert here.broadcast.states(room) == [how(HOST, "here"), how(ALICE, "here", "blocked")]


def test_a_newcomer_is_told_who_is_awaited() -> None:
    here = Room()
    alice = here.comes(ALICE)
    here.loses_socket(alice)
    here.lines.drop(alice)
    assert how(ALICE, "reconnecting") in here.broadcast.states(room)
    without_her = room.model_copy(update={"seats": {HOST: room.seats[HOST]}})
    assert room.seats[HOST].role is Role.HOST
    assert here.broadcast.states(without_her) == [how(HOST, "here")]
