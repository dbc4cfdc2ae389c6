"""A node without sockets: its Python plane, and clients at the other end of wires that are this process."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from services.media.engine.plane import Address, Event
from services.media.engine.python_plane import PythonPlane
from tests.media_client import MediaClient

PORT = 18_100


class WireLoop:
    """What runs the plane: datagrams arrive and go out within the turn of asyncio's loop."""

    name, port, cpu_seconds = "python", PORT, 0.0

    def __init__(self) -> None:
        self.plane = PythonPlane(self._send, silence_seconds=30.0)
        self.ends: dict[Address, Callable[[bytes], None]] = {}
        self._happened: Callable[[Event], None]

    def start(self, happened: Callable[[Event], None]) -> None:
        self._happened = happened

    def close(self) -> None:
        self.ends.clear()

    def arrive(self, datagram: bytes, address: Address) -> None:
        self.plane.receive(datagram, address, time.monotonic())
        for event in self.plane.told():
            self._happened(event)

    def _send(self, datagram: bytes | memoryview, address: Address) -> bool:
        if end := self.ends.get(address):
            asyncio.get_running_loop().call_soon(end, bytes(datagram))
        return True


class Wire(asyncio.DatagramTransport):
    """A client's end."""

    def __init__(self, loop: WireLoop, address: Address, receive: Callable[[bytes], None]) -> None:
        super().__init__()
        self._loop, self._address = loop, address
        loop.ends[address] = receive

    def sendto(self, data: Any, addr: Any = None) -> None:
        asyncio.get_running_loop().call_soon(self._loop.arrive, bytes(data), self._address)

    def close(self) -> None:
        self._loop.ends.pop(self._address, None)

    def is_closing(self) -> bool:
        return self._address not in self._loop.ends


class WiredClient(MediaClient):
    def __init__(self, loop: WireLoop, address: Address) -> None:
        super().__init__()
        self._loop, self._address = loop, address

    async def dial(self) -> None:
        self._socket = Wire(self._loop, self._address, lambda datagram: self.datagram_received(datagram, None))
