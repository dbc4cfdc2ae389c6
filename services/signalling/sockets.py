"""One room socket: what is sent, what is heard, and how it ends."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from contracts.problems import Code, problem
from services.signalling.outbox import Message, Outbox

GATHER_SECONDS = 0.1
FAREWELL_SECONDS = 1.0
LONGEST_MESSAGE = 4096  # characters
PACE_SECONDS = 0.05  # between two messages of one client: what one says goes to everybody in the room
SUBPROTOCOL = "hallway.v1"

TICKET, REMOVED, ELSEWHERE, ENDED = 4401, 4403, 4409, 4410  # after these a client does not come back by itself
NORMAL, UNREADABLE, TOO_LONG, RESTART, TOO_SLOW = 1000, 1003, 1009, 1012, 1013  # RFC 6455 section 7.4.1

NOT_UNDERSTOOD = problem(
    Code.INVALID_INPUT,
    'This message is not understood. Say {"type": "microphone", "state": "on"}, or off, blocked, missing.',
)

MicrophoneState = Literal["on", "off", "blocked", "missing"]


class MicrophoneSaid(BaseModel):
    """The one thing that a client tells: how its own microphone is."""

    model_config = ConfigDict(extra="ignore")

    type: Literal["microphone"]
    state: MicrophoneState


class RoomSocket:
    """`run` until either side ends it. `end` may be called from anywhere, at any time."""

    def __init__(
        self, socket: WebSocket, viewer_id: UUID, beat_seconds: float, heard: Callable[[MicrophoneState], None]
    ) -> None:
        self.outbox = Outbox(viewer_id)
        self._socket, self._beat_seconds, self._heard = socket, beat_seconds, heard
        self._something = asyncio.Event()
        self._end: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def nudge(self) -> None:
        """There is something in the outbox."""
        self._something.set()
        if self.outbox.full:
            self.end(TOO_SLOW)

    def end(self, code: int) -> None:
        """Send what waits, and close with this code. The first one counts."""
        if not self._end.done():
            self._end.set_result(code)

    async def run(self) -> None:
        """Returns when the socket is closed, by whomever."""
        sending, receiving = asyncio.create_task(self._send()), asyncio.create_task(self._receive())
        ends: list[asyncio.Future[Any]] = [sending, receiving, self._end]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sending.cancel()
            await asyncio.wait({sending})
            self.end(NORMAL)
            await self._farewell(self._end.result())
            # The client's own close frame is still read: without it the connection would stay half closed.
            await asyncio.wait({receiving}, timeout=FAREWELL_SECONDS)
            receiving.cancel()
            await asyncio.wait({receiving})

    async def _send(self) -> None:
        """Facts go at once when none went lately, else gathered up to 100 ms; a beat when it is time."""
        beat_at = time.monotonic() + self._beat_seconds
        try:
            while True:
                if await self._woken(beat_at - time.monotonic()):
                    await self._flush()
                    await asyncio.sleep(GATHER_SECONDS)
                else:
                    beat_at = time.monotonic() + self._beat_seconds
                    await self._say({"type": "beat"})
        except WebSocketDisconnect:
            self.end(NORMAL)

    async def _woken(self, seconds: float) -> bool:
        """Whether something came within so many seconds."""
        try:
            async with asyncio.timeout(max(0.0, seconds)):  # Python 3.11: wait_for may swallow a cancellation
                await self._something.wait()
        except TimeoutError:
            return False
        self._something.clear()
        return True

    async def _receive(self) -> None:
        """What is not understood is answered, never passed over in silence; what is too long ends the socket."""
        try:
            while True:
                text = await self._socket.receive_text()
                if len(text) > LONGEST_MESSAGE:
                    return self.end(TOO_LONG)
                self._hear(text)
                await asyncio.sleep(PACE_SECONDS)  # a flood waits in the sender's own network buffers
        except KeyError:  # starlette's way to say that the message was binary
            self.end(UNREADABLE)
        except WebSocketDisconnect:
            self.end(NORMAL)

    def _hear(self, text: str) -> None:
        try:
            self._heard(MicrophoneSaid.model_validate_json(text).state)
        except ValidationError:
            self.outbox.add_problem(NOT_UNDERSTOOD)
            self.nudge()

    async def _flush(self) -> None:
        for message in self.outbox.take():
            await self._say(message)

    async def _say(self, message: Message) -> None:
        await self._socket.send_text(orjson.dumps(message).decode())

    async def _farewell(self, code: int) -> None:
        """A client that is gone, or too slow, does not hold us up."""
        try:
            async with asyncio.timeout(FAREWELL_SECONDS):
                if code != TOO_SLOW:
                    await self._flush()
                await self._socket.close(code)
        except (TimeoutError, RuntimeError, WebSocketDisconnect):
            pass  # it is closed already
