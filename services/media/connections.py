"""Everybody's encryption: under one certificate, with one line for handshakes."""

import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID

from aiortc.rtcdtlstransport import RTCDtlsFingerprint

from services.media.connection import Connection
from services.media.dtls import Certificate
from services.media.engine.participant import Participant
from services.media.engine.plane import Plane
from services.media.srtp import SrtpSessions
from services.media.turns import Turns


class Connections:
    """`on_keys` gets the SRTP sessions of who connected; `on_end` hears who hung up, or never got through."""

    def __init__(
        self,
        hello_seconds: float,
        on_keys: Callable[[Participant, SrtpSessions], None],
        on_end: Callable[[Participant], None],
    ) -> None:
        self._certificate, self._turns = Certificate.generateCertificate(), Turns()
        self._hello_seconds, self._on_keys, self._on_end = hello_seconds, on_keys, on_end
        self._of: dict[UUID, Connection] = {}  # by session
        self._farewells: set[asyncio.Task[None]] = set()

    @property
    def fingerprint(self) -> str:
        return self._certificate.fingerprint

    def begin(self, who: Participant, plane: Plane, fingerprints: Sequence[RTCDtlsFingerprint]) -> None:
        self._of[who.session_id] = Connection(
            lambda record: plane.send(who.number, record),
            self._turns.take,
            self._certificate,
            fingerprints,
            hello_seconds=self._hello_seconds,
            on_keys=lambda srtp: self._on_keys(who, srtp),
            on_end=lambda: self._on_end(who),
        )

    def feed(self, who: Participant, record: bytes) -> None:
        self._of[who.session_id].feed(record)

    def end(self, who: Participant, then: Callable[[], None]) -> None:
        """Say goodbye, and `then` do what has to wait for it."""
        farewell = asyncio.create_task(self._of.pop(who.session_id).close())
        self._farewells.add(farewell)
        farewell.add_done_callback(self._farewells.discard)
        farewell.add_done_callback(lambda _: then())

    async def farewells(self) -> None:
        """Wait until everybody who was ended was told so."""
        if self._farewells:
            await asyncio.wait(self._farewells)
