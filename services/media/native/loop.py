"""The C plane in a thread of its own, which never waits for Python."""

import asyncio
import os
from collections.abc import Callable

from services.media.engine.plane import Event
from services.media.native.library import Library, ffi
from services.media.native.plane import NativePlane
from services.media.udp import bound


class NativeLoop:
    name = "native"

    def __init__(self, library: Library, port: int, silence_seconds: float) -> None:
        self._c = library
        self._four, self._six = bound(port)
        self.port: int = self._four.getsockname()[1]
        self._descriptors = ffi.new("int[2]", [self._four.fileno(), self._six.fileno() if self._six else -1])
        self.plane = NativePlane(library, library.socket_send, self._descriptors, silence_seconds)
        self._told = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._loop = ffi.NULL

    @property
    def cpu_seconds(self) -> float:
        return float(self._c.loop_cpu_seconds(self._loop)) if self._loop else 0.0

    def start(self, happened: Callable[[Event], None]) -> None:
        asyncio.get_running_loop().add_reader(self._told, self._fetch, happened)
        four, six = self._descriptors
        self._loop = self._c.loop_start(self.plane.handle, four, six, self._told)
        if not self._loop:
            raise MemoryError("no thread for a data plane")

    def close(self) -> None:
        if self._loop:
            asyncio.get_running_loop().remove_reader(self._told)
            self._c.loop_stop(self._loop)
            self._loop = ffi.NULL
        self.plane.free()
        os.close(self._told)
        for udp in (self._four, self._six):
            if udp:
                udp.close()

    def _fetch(self, happened: Callable[[Event], None]) -> None:
        os.eventfd_read(self._told)
        for event in self.plane.told():
            happened(event)
