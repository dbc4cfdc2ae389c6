from uuid import uuid4

from services.signalling.lines import NEVER_CAME_SECONDS, Line, Lines, Verdict, verdict
from services.signalling.outbox import Outbox

ROOM, ALICE, BOB = uuid4(), uuid4(), uuid4()


class Socket:
    outbox = Outbox(ALICE)

    def nudge(self) -> None: ...

    def end(self, code: int) -> None: ...


def line(number: int = 1, opened: bool = False, since: float = 0.0) -> Line:
    return Line(ROOM, ALICE, 7, number, opened=opened, since=since)


def test_a_locked_phone_keeps_its_line_while_it_has_sound() -> None:
    assert verdict(line(opened=True), alive=True, now=1000) is Verdict.KEEP


def test_a_line_with_neither_socket_nor_sound_is_closed_at_once() -> None:
    assert verdict(line(opened=True), alive=False, now=0) is Verdict.CLOSE


def test_sound_alone_opens_a_line() -> None:
    assert verdict(line(), alive=True, now=3) is Verdict.OPEN


def test_sound_that_was_expected_has_its_time_to_come() -> None:
    assert verdict(line(since=100), alive=False, now=100 + NEVER_CAME_SECONDS) is Verdict.KEEP
    assert verdict(line(since=100), alive=False, now=100.1 + NEVER_CAME_SECONDS) is Verdict.DROP


def test_the_newest_line_of_a_person_is_held_and_the_former_one_is_handed_back() -> None:
    lines = Lines()
    first, second = line(1), line(2)
    assert lines.put(first) is None
    assert lines.put(second) is first
    lines.drop(first)  # it is no longer the one that is held
    assert lines.get(ROOM, ALICE) is second
    lines.drop(second)
    assert lines.of_room(ROOM) == lines.all() == []


def test_those_with_a_socket_need_no_looking_after() -> None:
    lines = Lines()
    with_socket, without = line(), Line(ROOM, BOB, 8, 1)
    with_socket.socket = Socket()
    lines.put(with_socket)
    lines.put(without)
    assert lines.without_socket() == [without]


def test_a_line_that_lost_its_socket_says_so_and_one_of_sound_alone_is_plainly_here() -> None:
    lost, sound = line(), line()
    lost.lost = True
    assert lost.state == {"user_id": str(ALICE), "line": "reconnecting", "microphone": "off"}
    assert not lost.plain
    assert sound.plain
