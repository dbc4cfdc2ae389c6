"""Encryption with one participant: from their first DTLS record to a goodbye on either side."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from aiortc.rtcdtlstransport import RTCDtlsFingerprint

from services.media.dtls import Certificate, DtlsServer, HandshakeFailed
from services.media.srtp import SrtpSessions

HANDSHAKE_SECONDS = 10.0


class Connection:
    """Starts waiting at once; `send` takes each datagram that is to go out, `turn` is waited for with each one in.

    `on_keys` gets the SRTP sessions once their certificate is proven to be that of the offer. `on_end` is called when
    they say goodbye, fail the handshake, take longer than 10 s over it or than `hello_seconds` to begin it.
    """

    def __init__(
        self,
        send: Callable[[bytes], None],
        turn: Callable[[], Awaitable[None]],
        certificate: Certificate,
        fingerprints: Sequence[RTCDtlsFingerprint],
        hello_seconds: float,
        on_keys: Callable[[SrtpSessions], None],
        on_end: Callable[[], None],
    ) -> None:
        self._dtls = DtlsServer(certificate, send, turn)
        self._fingerprints, self._hello_seconds = fingerprints, hello_seconds
        self._on_keys, self._on_end = on_keys, on_end
        self._life = asyncio.create_task(self._live())

    def feed(self, record: bytes) -> None:
        self._dtls.feed(record)

    async def close(self) -> None:
        """Say goodbye; `on_end` is not called any more."""
        self._life.cancel()
        await self._dtls.close()

    async def _live(self) -> None:
        try:
            async with asyncio.timeout(self._hello_seconds):
                await self._dtls.hello()
            async with asyncio.timeout(HANDSHAKE_SECONDS):
                srtp = await self._dtls.handshake(self._fingerprints)
            self._on_keys(srtp)
            await self._dtls.goodbye()
        except (TimeoutError, HandshakeFailed):
            pass
        self._on_end()
