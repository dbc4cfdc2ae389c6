"""The two data planes, made so that what they send comes back to Python."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from services.media.engine.python_plane import PythonPlane
from services.media.native.library import Library, ffi, library
from services.media.native.plane import NativePlane, address_of
from tests.unit.media.people import MakePlane, Send


class CollectedPlane(NativePlane):
    """The C plane without sockets: each datagram goes to a function of Python's."""

    def __init__(self, library: Library, send: Send, silence_seconds: float) -> None:
        def out(_sender: Any, datagrams: Any, count: int) -> None:
            for each in datagrams[0:count]:
                each.sent = send(bytes(ffi.buffer(each.datagram, each.length)), address_of(each.to))

        self._out = ffi.callback("send_datagrams", out)
        super().__init__(library, self._out, ffi.NULL, silence_seconds)


@contextmanager
def python_planes() -> Iterator[MakePlane]:
    yield PythonPlane


@contextmanager
def native_planes() -> Iterator[MakePlane]:
    """Planes that are freed at the end."""
    built = library()
    assert built, "the C plane is not built: python -m services.media.native.build"
    made: list[NativePlane] = []

    def make(send: Send, silence_seconds: float) -> NativePlane:
        made.append(CollectedPlane(built, send, silence_seconds))
        return made[-1]

    yield make
    for plane in made:
        plane.free()


PLANES = {"python": python_planes, "native": native_planes}
