"""Clients joined one by one, with real offers, checks and handshakes, and then handed over to C."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from pylibsrtp import Session

from bench.sound.ears import ears, ffi
from bench.sound.rooms import Place, room_of
from bench.sound.service import Service
from services.media.native.library import ffi as plane_ffi
from services.media.native.library import pointer, srtp_functions
from tests.media_client import MediaClient

AT_ONCE = 8  # joins under way
SAMPLES = 2_000_000


@dataclass(frozen=True)
class Heard:
    """Packets since the last count: voices that arrived, gaps in their numbers, what was not authentic."""

    voices: int
    lost: int
    wrong: int
    delays_ms: Sequence[float]

    @property
    def loss(self) -> float:
        return self.lost / max(1, self.voices + self.lost)


class Crowd:
    """`speakers`: the numbers of those who may be heard, by room; `absent`: places of people who are not here yet."""

    def __init__(
        self, clients: Sequence[MediaClient], speakers: Sequence[Sequence[int]], absent: Sequence[Place]
    ) -> None:
        self.speakers, self.absent, self._clients = speakers, absent, clients  # kept: their SRTP sessions are used by C
        self._sockets = [client.detach() for client in clients]
        self._delays = ffi.new(f"uint32_t[{SAMPLES}]")
        self._tally = ffi.new("tally *")
        rows = [_row(client, descriptor) for client, descriptor in zip(clients, self._sockets, strict=True)]
        self._rows = ffi.new("client[]", rows)
        steps = srtp_functions()
        functions = ffi.cast("srtp_functions *", int(plane_ffi.cast("uintptr_t", steps)))
        self._crowd = ears().crowd_new(functions, self._rows, len(rows), self._delays, SAMPLES)

    def speak(self, *numbers: int, packet_ms: int = 20) -> None:
        """These speak from now on, in packets of 20 or 40 ms."""
        ears().crowd_speak(self._crowd, list(numbers), len(numbers), packet_ms)

    def forget(self) -> None:
        """Count anew."""
        ears().crowd_forget(self._crowd)

    def heard(self) -> Heard:
        ears().crowd_counted(self._crowd, self._tally)
        delays = [each / 1e6 for each in self._delays[0 : self._tally.delays]]
        return Heard(self._tally.heard, self._tally.lost, self._tally.wrong, delays)

    def close(self) -> None:
        ears().crowd_free(self._crowd)
        for descriptor in self._sockets:
            os.close(descriptor)


@asynccontextmanager
async def crowd(
    service: Service, rooms: Sequence[tuple[int, int]], absent: int = 0
) -> AsyncIterator[tuple[Crowd, float]]:
    """(speakers, listeners) a room, all connected, but so many of each; and how many joined a second."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def join(place: Place) -> MediaClient:
        async with turn:
            return await service.join(place)

    coming, missing, speakers = list[Place](), list[Place](), list[range]()
    for speaking, listening in rooms:
        places = await room_of(service.rooms, speaking, listening + absent)
        speakers.append(range(len(coming), len(coming) + speaking))
        coming += places[: speaking + listening]
        missing += places[speaking + listening :]
    began = time.monotonic()
    clients = await asyncio.gather(*(join(place) for place in coming))
    rate = len(clients) / (time.monotonic() - began)
    gathered = Crowd(clients, speakers, missing)
    try:
        yield gathered, rate
    finally:
        gathered.close()
        for client in clients:
            await client.dtls.stop()


def _row(client: MediaClient, descriptor: int) -> dict[str, Any]:
    check = client.checking()
    return {
        "socket": descriptor,
        "seal": _session(client.dtls._tx_srtp),
        "unseal": _session(client.dtls._rx_srtp),
        "check": check.ljust(256, b"\0"),
        "check_length": len(check),
        "ssrc": client.ssrc,
    }


def _session(session: Session) -> Any:
    """libsrtp's own, as a pointer of ours."""
    return ffi.cast("void *", int(plane_ffi.cast("uintptr_t", pointer(session._srtp[0]))))
