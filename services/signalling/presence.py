"""Who is connected here: the lines of this instance, and what the others are told of them.

One has a line while the room socket is open, or while media has had a sign of life in the last 10 s: a locked phone
loses its socket, not its sound.
"""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any
from uuid import UUID

import structlog

from contracts.base import Envelope
from contracts.cloudevents import UnknownType
from contracts.room_snapshot import RoomSnapshot
from contracts.rooms import LeftReason, ParticipantLeft, RoomEnded, RoomFact
from contracts.signal import ClosedReason
from services.kit.decisions import Refused
from services.kit.events import Cause
from services.signalling.domain import Close, Open
from services.signalling.lines import Line, Lines
from services.signalling.neighbours import Media
from services.signalling.nodes import Nodes
from services.signalling.outbox import Message
from services.signalling.sockets import ELSEWHERE, ENDED, NORMAL, REMOVED, RESTART, RoomSocket
from services.signalling.store import SignalStore

log = structlog.get_logger()
WATCH_SECONDS = 2.5
NEVER_CAME_SECONDS = 20.0  # a media session that was answered and never connected
CLOSE_CODES = {
    LeftReason.LEFT: NORMAL,
    LeftReason.LOST: NORMAL,
    LeftReason.REMOVED: REMOVED,
    LeftReason.BANNED: REMOVED,
}  # those of a room that ends are told so by its last fact


class Presence:
    """All changes of lines go through here."""

    def __init__(self, store: SignalStore, lines: Lines, media: Media, nodes: Nodes, instance_id: UUID) -> None:
        self._store, self._lines, self._media, self._nodes = store, lines, media, nodes
        self._instance_id = instance_id
        self._tasks: set[asyncio.Task[None]] = set()

    async def opens(self, line: Line) -> Refused | None:
        """A socket or sound stands: say so in the log, unless a newer connection has the seat."""
        command = Open(line.user_id, line.seat, line.connection_no, self._instance_id)
        outcome = await self._store.handle(line.room_id, command, Cause(actor=line.user_id))
        if isinstance(outcome, Refused):
            return outcome
        line.opened = True
        return None

    def takes(self, line: Line) -> None:
        """This line holds the seat here from now on; an older one is told."""
        former = self._lines.put(line)
        if former is None:
            return
        if former.age == line.age:
            line.microphone, line.opened = former.microphone, line.opened or former.opened
        if former.socket and former.socket is not line.socket:
            former.socket.end(NORMAL if former.age == line.age else ELSEWHERE)

    def sound_expected(self, line: Line) -> None:
        """A media session was answered. If no socket holds the seat, its sound alone will, once it comes."""
        held = self._lines.get(line.room_id, line.user_id)
        if held is None or held.age < line.age:
            line.since = time.monotonic()
            self.takes(line)

    def socket_closed(self, line: Line) -> None:
        if self._lines.get(line.room_id, line.user_id) is line:
            line.socket, line.since = None, time.monotonic()
            self.tell(line.room_id, state_of(line))

    def microphone(self, line: Line, state: str) -> None:
        if line.microphone != state:
            line.microphone = state
            self.tell(line.room_id, state_of(line))

    def tell(self, room_id: UUID, message: Message) -> None:
        """A passing state, to everybody in the room who is connected here."""
        for socket in self._sockets(room_id):
            socket.outbox.add(message)
            socket.nudge()

    def states(self, room_id: UUID) -> list[Message]:
        """What a newcomer is told about the others' lines."""
        states = [state_of(line) for line in self._lines.of_room(room_id)]
        return [{key: value for key, value in state.items() if key != "type"} for state in states]

    def pass_on(self, room: RoomSnapshot, fact: Envelope[RoomFact] | UnknownType) -> None:
        """A fact, to all sockets of its room; and what it means for those whose seat it ends."""
        for socket in self._sockets(room.id):
            socket.outbox.add_fact(fact, room)
            socket.nudge()
        if isinstance(fact, UnknownType):
            return
        if isinstance(fact.fact, ParticipantLeft):
            self._seat_gone(room.id, fact.fact)
        if isinstance(fact.fact, RoomEnded):
            for line in self._lines.of_room(room.id):
                self._end(line, ENDED)

    async def watch(self) -> None:
        """Once: those without a socket keep their line while they have sound. Raises httpx.HTTPError."""
        waiting = self._lines.without_socket()
        if not waiting:
            return
        urls = [node.url for node in self._nodes.reachable]
        alive = await self._media.alive(urls, waiting)
        for line in waiting:
            if line.socket is None:  # else it came back while media was asked
                await self._judge(line, line.identity in alive)

    def hang_up(self) -> None:
        """This instance goes: clients reconnect, to another one or to it again."""
        for line in self._lines.all():
            if line.socket:
                line.socket.end(RESTART)

    async def _judge(self, line: Line, alive: bool) -> None:
        if alive:
            if not line.opened and await self.opens(line):
                self._lines.drop(line)
        elif line.opened:
            self._lines.drop(line)
            await self.closes(line, ClosedReason.LOST)
        elif time.monotonic() - line.since > NEVER_CAME_SECONDS:
            self._lines.drop(line)

    async def closes(self, line: Line, reason: ClosedReason) -> None:
        command = Close(line.user_id, line.seat, line.connection_no, reason)
        await self._store.handle(line.room_id, command, Cause())

    def _seat_gone(self, room_id: UUID, left: ParticipantLeft) -> None:
        line = self._lines.get(room_id, left.user_id)
        if line and line.seat <= left.seat and left.reason is not LeftReason.ENDED:
            self._end(line, CLOSE_CODES[left.reason])

    def _end(self, line: Line, code: int) -> None:
        self._lines.drop(line)
        if line.socket:
            line.socket.end(code)
        if line.opened:
            self._later(self.closes(line, ClosedReason.CLOSED))

    def _sockets(self, room_id: UUID) -> list[RoomSocket]:
        lines = self._lines.of_room(room_id)
        return [line.socket for line in lines if isinstance(line.socket, RoomSocket)]

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a closed connection was not written; its lease will", error=repr(error))


def state_of(line: Line) -> Message:
    return {
        "type": "presence",
        "user_id": str(line.user_id),
        "line": "here" if line.socket else "reconnecting",
        "microphone": line.microphone,
    }
