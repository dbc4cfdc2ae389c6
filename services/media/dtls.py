"""DTLS by aiortc's RTCDtlsTransport (RFC 5764). The only file that touches aiortc's private names.

test_adapters.py says for each of them what would have changed.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import cast

from aiortc import RTCCertificate, RTCIceTransport
from aiortc.rtcdtlstransport import (
    SRTP_AEAD_AES_128_GCM,
    SRTP_AES128_CM_SHA1_80,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    SRTPProtectionProfile,
)
from OpenSSL import SSL

from services.media.srtp import SrtpSessions

PROFILES = [SRTP_AEAD_AES_128_GCM, SRTP_AES128_CM_SHA1_80]  # in order of preference; the first is the cheapest
MOST_WAITING = 64  # DTLS records; a flight has about five


class HandshakeFailed(Exception):
    """The other side gave up, or its certificate is not the one of its offer."""


class Certificate(RTCCertificate):
    """One for the whole process, with one TLS context: a context of its own would cost each session 1 ms and 30 KB."""

    _context: SSL.Context | None = None

    def _create_ssl_context(self, srtp_profiles: list[SRTPProtectionProfile]) -> SSL.Context:
        if self._context is None:
            self._context = super()._create_ssl_context(srtp_profiles)
            self._context.set_session_cache_mode(SSL.SESS_CACHE_OFF)  # nobody resumes; the cache would only grow
            self._context.set_mode(SSL.MODE_RELEASE_BUFFERS)  # after the handshake hardly anything is said
        return self._context

    @property
    def fingerprint(self) -> str:
        """The value of `a=fingerprint` (RFC 8122 section 5)."""
        return next(f"{one.algorithm} {one.value}" for one in self.getFingerprints() if one.algorithm == "sha-256")


class _Path:
    """What RTCDtlsTransport needs of an RTCIceTransport: a role, a way in and a way out."""

    role = "controlled"

    def __init__(self, send: Callable[[bytes], None], turn: Callable[[], Awaitable[None]]) -> None:
        self.arrived = asyncio.Event()
        self._records: deque[bytes] = deque()
        self._deliver, self._turn = send, turn

    def feed(self, record: bytes) -> None:
        self.arrived.set()
        if len(self._records) < MOST_WAITING:  # DTLS sends again what got lost
            self._records.append(record)

    async def _recv(self) -> bytes:
        """The next record, in its turn. It may be cancelled, and then loses nothing but its place."""
        while not self._records:
            self.arrived.clear()
            await self.arrived.wait()
        await self._turn()
        return self._records.popleft()

    async def _send(self, record: bytes) -> None:
        self._deliver(record)


class DtlsServer:
    """Our end of one participant's DTLS association. `send` takes each datagram that is to go out.

    In the handshake one `turn` is awaited before each record of theirs, since what follows from it takes long.
    """

    def __init__(
        self, certificate: Certificate, send: Callable[[bytes], None], turn: Callable[[], Awaitable[None]]
    ) -> None:
        self._path, self._turn = _Path(send, self._in_turn), turn
        self._transport = RTCDtlsTransport(cast(RTCIceTransport, self._path), [certificate])
        self._transport._set_role("server")  # a=setup:passive
        self._transport._srtp_profiles = PROFILES
        self._ended = asyncio.Event()
        self._transport.on("statechange", self._on_state)

    def feed(self, record: bytes) -> None:
        """A datagram of theirs that is DTLS by its first byte."""
        self._path.feed(record)

    async def hello(self) -> None:
        """Wait for their first record."""
        await self._path.arrived.wait()

    async def handshake(self, fingerprints: Sequence[RTCDtlsFingerprint]) -> SrtpSessions:
        """Wait until the keys are there. Raises `HandshakeFailed`."""
        try:
            await self._transport.start(RTCDtlsParameters(fingerprints=list(fingerprints), role="client"))
        except SSL.Error as error:  # what a retransmission met, which the transport lets through
            raise HandshakeFailed from error
        if self._transport.state != "connected":
            raise HandshakeFailed
        return SrtpSessions(self._transport._rx_srtp, self._transport._tx_srtp)

    async def goodbye(self) -> None:
        """Wait until they say goodbye (close_notify)."""
        await self._ended.wait()

    async def close(self) -> None:
        """Say goodbye."""
        await self._transport.stop()

    async def _in_turn(self) -> None:
        if self._transport.state == "connecting":
            await self._turn()

    def _on_state(self) -> None:
        if self._transport.state in ("closed", "failed"):
            self._ended.set()
