"""Who is connected here: how lines begin, lose their socket, and end.

One has a line while the room socket is open, or while media has had a sign of life in the last 10 s: a locked phone
loses its socket, not its sound.
"""

import asyncio
import time
from collections.abc import Coroutine
from contextlib import suppress
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
from services.signalling.broadcast import Broadcast
from services.signalling.domain import Close, Open
from services.signalling.lines import Line, Lines, Verdict, verdict
from services.signalling.neighbours.media import Media
from services.signalling.nodes import Nodes
from services.signalling.sockets import ELSEWHERE, ENDED, NORMAL, REMOVED, RESTART
from services.signalling.store import SignalStore

log = structlog.get_logger()
WATCH_SECONDS = 2.5
SOON_SECONDS = 0.25  # sockets that close together are asked about together, and a hang-up has reached media by then
CLOSE_CODES = {
    LeftReason.LEFT: NORMAL,
    LeftReason.LOST: NORMAL,
    LeftReason.REMOVED: REMOVED,
    LeftReason.BANNED: REMOVED,
}  # those of a room that ends are told so by its last fact


class Presence:
    """All changes of lines go through here."""

    def __init__(
        self, store: SignalStore, lines: Lines, broadcast: Broadcast, media: Media, nodes: Nodes, instance_id: UUID
    ) -> None:
        self._store, self._lines, self._broadcast = store, lines, broadcast
        self._media, self._nodes, self._instance_id = media, nodes, instance_id
        self._tasks: set[asyncio.Task[None]] = set()
        self._look = asyncio.Event()

    async def opens(self, line: Line) -> Refused | None:
        """A socket or sound stands: say so in the log, unless a newer connection has the seat."""
        command = Open(line.user_id, line.seat, line.connection_no, self._instance_id)
        outcome = await self._store.handle(line.room_id, command, Cause(actor=line.user_id), always=True)
        if isinstance(outcome, Refused):
            return outcome
        line.opened = True
        return None

    async def closes(self, line: Line, reason: ClosedReason) -> None:
        """Unless another instance holds it by now."""
        command = Close(line.user_id, line.seat, line.connection_no, reason, self._instance_id)
        await self._store.handle(line.room_id, command, Cause(), always=True)

    def takes(self, line: Line) -> None:
        """This line holds the seat here from now on; an older one is told."""
        former = self._lines.put(line)
        if former and former.age == line.age:
            line.microphone, line.opened = former.microphone, line.opened or former.opened
        if former and former.socket and former.socket is not line.socket:
            former.socket.end(NORMAL if former.age == line.age else ELSEWHERE)

    def sound_expected(self, line: Line) -> None:
        """A media session was answered. If no socket holds the seat, its sound alone will, once it comes."""
        held = self._lines.get(line.room_id, line.user_id)
        if held is None or held.age < line.age:
            line.since = time.monotonic()
            self.takes(line)

    def adopt(self, line: Line) -> None:
        """The log says that this instance holds this line, and nobody here knows of it: it is watched from now on."""
        if self._lines.get(line.room_id, line.user_id) is None:
            line.opened, line.since = True, time.monotonic()
            self._lines.put(line)

    def socket_closed(self, line: Line) -> None:
        if self._lines.holds(line):
            line.socket, line.lost, line.since = None, True, time.monotonic()
            self._broadcast.state(line)
            self.look_soon()

    def microphone(self, line: Line, state: str) -> None:
        if line.microphone != state:
            line.microphone = state
            self._broadcast.state(line)

    def pass_on(self, room: RoomSnapshot, fact: Envelope[RoomFact] | UnknownType) -> None:
        """A fact, to all sockets of its room; and what it means for those whose seat it ends."""
        self._broadcast.fact(room, fact)
        if isinstance(fact, UnknownType):
            return
        if isinstance(fact.fact, ParticipantLeft):
            self._seat_gone(room.id, fact.fact)
        if isinstance(fact.fact, RoomEnded):
            for line in self._lines.of_room(room.id):
                self._end(line, ENDED)

    def hang_up(self) -> None:
        """This instance goes: clients reconnect, to another one or to it again."""
        self._broadcast.end_all(RESTART)

    def declared_dead(self) -> None:
        """Others wrote the end of all lines here: whoever still has sound is opened anew."""
        self.hang_up()
        for line in self._lines.all():
            line.opened = False

    def look_soon(self) -> None:
        """Somebody's socket or sound ended: what is left of the line is asked now, not at the next round."""
        self._look.set()

    async def run(self) -> None:
        """Look after lines without a socket, until cancelled."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(WATCH_SECONDS):
                    await self._look.wait()
            await asyncio.sleep(SOON_SECONDS)
            self._look.clear()
            try:
                await self._watch()
            except Exception as error:  # media or the database is away: nobody is called lost because of that
                log.error("lines are looked after in the next round", error=repr(error))

    async def alive(self, lines: list[Line]) -> set[tuple[UUID, UUID, int, int]] | None:
        """Which of them have sound; None while nobody can say. Raises httpx.HTTPError."""
        if not self._nodes.known:
            return None
        return await self._media.alive([node.url for node in self._nodes.reachable], lines)

    async def _watch(self) -> None:
        waiting = self._lines.without_socket()
        alive = await self.alive(waiting) if waiting else None
        if alive is None:
            return
        for line in waiting:
            if line.socket is None and self._lines.holds(line):  # else it came back while media was asked
                await self._judge(line, line.identity in alive)

    async def _judge(self, line: Line, alive: bool) -> None:
        ruling = verdict(line, alive, time.monotonic())
        if ruling in (Verdict.CLOSE, Verdict.DROP):
            self._lines.drop(line)
        if ruling is Verdict.CLOSE:
            await self.closes(line, ClosedReason.LOST)
        if ruling is Verdict.OPEN and await self.opens(line):
            self._lines.drop(line)

    def _seat_gone(self, room_id: UUID, left: ParticipantLeft) -> None:
        line = self._lines.get(room_id, left.user_id)
        if line and line.seat <= left.seat and left.reason is not LeftReason.ENDED:
            self._end(line, CLOSE_CODES[left.reason])

    def _end(self, line: Line, code: int) -> None:
        """Media hears of it by the same fact, and by the roles that it is told while the bus is away."""
        self._lines.drop(line)
        if line.socket:
            line.socket.end(code)
        if line.opened:
            self._later(self.closes(line, ClosedReason.CLOSED))

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a closed connection will be found by its row", error=repr(error))
