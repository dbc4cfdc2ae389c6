"""The client: offer, connect, speak, hear, move to another network."""

import asyncio
import os
import secrets
from contextlib import suppress
from typing import Any, cast

import pylibsrtp
from aioice import stun
from aiortc import RTCCertificate, RTCIceTransport
from aiortc.rtcdtlstransport import RTCDtlsParameters, RTCDtlsTransport
from aiortc.sdp import SessionDescription

from tests.media_client import offer, packets
from tests.media_client.packets import Heard

CERTIFICATE = RTCCertificate.generateCertificate()
FRAME = 960  # 20 ms at 48 kHz
FRAME_SECONDS = 0.02
CONSENT_SECONDS = 2.5
PATIENCE_SECONDS = 5.0


class MediaClient(asyncio.DatagramProtocol):
    """`connect` with the answer to `offer`, `speak`, look at `heard`. `close` says goodbye, `vanish` does not."""

    role = "controlling"  # for RTCDtlsTransport, whose transport we are

    def __init__(self, slots: int = 3, payload_type: int = offer.PAYLOAD_TYPE) -> None:
        self.ufrag, self.password = secrets.token_hex(4), secrets.token_hex(16)
        self.payload_type = payload_type
        fingerprint = next(one.value for one in CERTIFICATE.getFingerprints() if one.algorithm == "sha-256")
        self.offer = offer.write(self.ufrag, self.password, fingerprint, slots, payload_type)
        self.heard: list[Heard] = []
        self.reports: list[bytes] = []  # RTCP, decrypted
        self.undecryptable = 0
        self.sequence, self.timestamp, self.ssrc = secrets.randbelow(2**14), secrets.randbits(32), secrets.randbits(32)
        self.target = ("", 0)  # where the node is
        self.ssrcs: list[int] = []  # of the slots, from the answer
        self.dtls = RTCDtlsTransport(cast(RTCIceTransport, self), [CERTIFICATE])
        self._dtls_in: asyncio.Queue[bytes] = asyncio.Queue()
        self._checked: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._news = asyncio.Event()
        self._consent: asyncio.Task[None] | None = None
        self._their_ufrag = self._their_password = ""
        self._socket: asyncio.DatagramTransport

    @property
    def state(self) -> str:
        """Of DTLS: new, connecting, connected, closed or failed."""
        return self.dtls.state

    async def connect(self, answer: str, host: str | None = None) -> None:
        """ICE check, then DTLS. `host`: of the candidates take this one. Raises TimeoutError, ConnectionError."""
        line = SessionDescription.parse(answer).media
        self.ssrcs = [media.ssrc[0].ssrc for media in line if media.ssrc]
        assert line[0].ice is not None
        assert line[0].dtls is not None
        self._their_ufrag, self._their_password = str(line[0].ice.usernameFragment), str(line[0].ice.password)
        self.target = next((one.ip, one.port) for one in line[0].ice_candidates if host in (None, one.ip))
        await self.dial()
        await self.checked()
        self.dtls._set_role("client")
        parameters = RTCDtlsParameters(line[0].dtls.fingerprints, "server")
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.dtls.start(parameters)
        if self.state != "connected":
            raise ConnectionError(f"DTLS is {self.state}")
        self._consent = asyncio.create_task(self._keep_consent())

    async def dial(self) -> None:
        """From a new port of ours."""
        loop = asyncio.get_running_loop()
        self._socket, _ = await loop.create_datagram_endpoint(lambda: self, remote_addr=self.target)

    async def checked(self) -> None:
        """Check, and wait for the answer. Raises TimeoutError."""
        self._checked = asyncio.get_running_loop().create_future()
        self.check()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._checked

    async def move(self) -> None:
        """The network changed: another port, and what comes to the former one is lost."""
        self._socket.close()
        await self.dial()

    def fragment(self) -> str:
        """New credentials, as the body of an ICE restart."""
        self.ufrag, self.password = secrets.token_hex(4), secrets.token_hex(16)
        return f"a=ice-ufrag:{self.ufrag}\r\na=ice-pwd:{self.password}\r\n"

    async def restart(self, answer: str) -> None:
        """Take the node's new credentials, and check."""
        said = dict(line[2:].split(":", 1) for line in answer.splitlines() if line.startswith("a=ice-") and ":" in line)
        self._their_ufrag, self._their_password = said["ice-ufrag"], said["ice-pwd"]
        await self.checked()

    def check(self, password: str | None = None) -> None:
        """Send one connectivity check; `password` instead of the node's."""
        self._socket.sendto(self.checking(password))

    def checking(self, password: str | None = None) -> bytes:
        """A connectivity check (RFC 8445 section 7.2.4), nominating."""
        request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        request.attributes.update(
            {
                "USERNAME": f"{self._their_ufrag}:{self.ufrag}",
                "PRIORITY": 1,
                "ICE-CONTROLLING": 1,
                "USE-CANDIDATE": None,
            }
        )
        request.add_message_integrity((password or self._their_password).encode())
        return bytes(request)

    def detach(self) -> int:
        """A file descriptor of the socket, for somebody else to go on with; nothing is read or sent here any more."""
        descriptor = os.dup(self._socket.get_extra_info("socket").fileno())
        self.vanish()
        return descriptor

    def packet(self, level_dbov: int = 30, payload: bytes = b"opus") -> bytes:
        """The next packet of the microphone, encrypted but not sent."""
        self.sequence += 1
        self.timestamp += FRAME
        plain = packets.voice(self.sequence, self.timestamp, self.ssrc, self.payload_type, level_dbov, payload)
        return bytes(self.dtls._tx_srtp.protect(plain))

    def say(self, level_dbov: int = 30, payload: bytes = b"opus") -> None:
        """Send one packet, 20 ms of voice."""
        self._socket.sendto(self.packet(level_dbov, payload))

    async def speak(self, seconds: float, level_dbov: int = 30) -> None:
        """Fifty packets a second."""
        for _ in range(round(seconds / FRAME_SECONDS)):
            self.say(level_dbov)
            await asyncio.sleep(FRAME_SECONDS)

    async def hears(self, count: int = 1, seconds: float = PATIENCE_SECONDS) -> list[Heard]:
        """Wait until that many packets were heard in all. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while len(self.heard) < count:
                self._news.clear()
                await self._news.wait()
        return self.heard

    async def close(self) -> None:
        """Say goodbye (close_notify)."""
        await self.dtls.stop()
        self.vanish()

    def vanish(self) -> None:
        """Be gone without a word, like a crashed browser."""
        if self._consent:
            self._consent.cancel()
        self._socket.close()

    def connection_made(self, transport: Any) -> None:
        self._socket = transport

    def datagram_received(self, datagram: bytes, _: Any) -> None:
        if datagram[0] < 4:
            self._answered(stun.parse_message(datagram))
        elif datagram[0] < 64:
            self._dtls_in.put_nowait(datagram)
        elif self.state == "connected":
            with suppress(pylibsrtp.Error):
                return self._srtp(datagram)
            self.undecryptable += 1

    def _answered(self, message: stun.Message) -> None:
        proven = message.check_message_integrity(self._their_password.encode())
        if proven and message.message_class == stun.Class.RESPONSE and not self._checked.done():
            self._checked.set_result(None)

    def _srtp(self, datagram: bytes) -> None:
        if 192 <= datagram[1] <= 223:
            self.reports.append(self.dtls._rx_srtp.unprotect_rtcp(datagram))
        else:
            self.heard.append(packets.heard(self.dtls._rx_srtp.unprotect(datagram), self.ssrcs))
        self._news.set()

    async def _keep_consent(self) -> None:
        while True:
            await asyncio.sleep(CONSENT_SECONDS)
            self.check()

    async def _recv(self) -> bytes:
        return await self._dtls_in.get()

    async def _send(self, datagram: bytes) -> None:
        if not self._socket.is_closing():
            self._socket.sendto(datagram)
