"""SRTP by pylibsrtp (RFC 3711). The only file that touches its private names; test_adapters.py watches them.

Packets in and control packets go through its public methods. Voices go out through the C functions behind them: the
public method allocates three times a packet, which at 200 listeners is a third of the loop's cost.
"""

import pylibsrtp
from pylibsrtp._binding import ffi, lib

from services.media.engine.participant import Undecryptable

BUFFER_BYTES = 2_048  # the longest datagram we read and room for the longest trailer
TRAILER_BYTES = 144  # SRTP_MAX_TRAILER_LEN


class SrtpSessions:
    """Both directions of one participant."""

    def __init__(self, inward: pylibsrtp.Session, outward: pylibsrtp.Session) -> None:
        self._inward, self._outward = inward, outward
        self.seal: object = outward._srtp[0]  # the C session, for `Sealer`; lives as long as `_outward`

    def unprotect(self, packet: bytes) -> bytes:
        try:
            return bytes(self._inward.unprotect(packet))
        except (pylibsrtp.Error, ValueError) as error:  # ValueError: longer than any packet on a real path
            raise Undecryptable(str(error)) from error

    def unprotect_rtcp(self, packet: bytes) -> bytes:
        try:
            return bytes(self._inward.unprotect_rtcp(packet))
        except (pylibsrtp.Error, ValueError) as error:
            raise Undecryptable(str(error)) from error

    def protect_rtcp(self, packet: bytes) -> bytes:
        return bytes(self._outward.protect_rtcp(packet))


class Sealer:
    """Encrypts voices one after another in one buffer: what `seal` answers is valid until the next call."""

    def __init__(self) -> None:
        self._bytes = ffi.new("unsigned char[]", BUFFER_BYTES)
        self._view = memoryview(ffi.buffer(self._bytes))
        self._length = ffi.new("int *")
        self._protect = lib.srtp_protect

    def seal(self, session: object, packet: bytes) -> memoryview | None:
        """The SRTP packet, or None when libsrtp refuses it (a number too far from the last one)."""
        size = len(packet)
        if size > BUFFER_BYTES - TRAILER_BYTES:
            return None
        self._view[:size] = packet
        self._length[0] = size
        if self._protect(session, self._bytes, self._length):
            return None
        return self._view[: self._length[0]]
