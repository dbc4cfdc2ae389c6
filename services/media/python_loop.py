"""The Python plane in asyncio's own thread."""

import asyncio
import time
from collections.abc import Callable

from services.media.engine.plane import Address, Event
from services.media.engine.python_plane import PythonPlane
from services.media.loops import TICK_SECONDS
from services.media.udp import UdpSockets


class PythonLoop:
    name = "python"
    cpu_seconds = 0.0

    def __init__(self, port: int, silence_seconds: float) -> None:
        self._sockets = UdpSockets(port)
        self.port = self._sockets.port
        self.plane = PythonPlane(self._sockets.send, silence_seconds)
        self._happened: Callable[[Event], None]
        self._ticking: asyncio.TimerHandle | None = None

    def start(self, happened: Callable[[Event], None]) -> None:
        self._happened = happened
        self._sockets.listen(self._receive)
        self._tick()

    def close(self) -> None:
        if self._ticking:
            self._ticking.cancel()
        self._sockets.close()

    def _receive(self, datagram: bytes, address: Address) -> None:
        self.plane.receive(datagram, address, time.monotonic())
        self._tell()

    def _tick(self) -> None:
        self._ticking = asyncio.get_running_loop().call_later(TICK_SECONDS, self._tick)
        self.plane.tick(time.monotonic(), time.time())
        self._tell()

    def _tell(self) -> None:
        for event in self.plane.told():
            self._happened(event)
