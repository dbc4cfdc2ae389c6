"""SRTP by pylibsrtp (RFC 3711). The only file that touches its private names; test_adapters.py watches them.

Packets in and control packets go through its public methods. Voices go out through the C functions behind them: the
public method allocates three times a packet, which at 200 listeners is a third of the loop's cost.
"""

import pylibsrtp
from pylibsrtp._binding import ffi, lib

from services.media.engine.peer import Undecryptable

BUFFER_BYTES = 2_048  # the longest datagram we read and room for the longest trailer
TRAILER_BYTES = 144  # SRTP_MAX_TRAILER_LEN


class SrtpSessions:
    """Both directions of one participant. `seal` and `unseal` are the C sessions, which live as long as this does."""

    def __init__(self, inward: pylibsrtp.Session, outward: pylibsrtp.Session) -> None:
        self._inward, self._outward = inward, outward
        self.unseal, self.seal = inward._srtp[0], outward._srtp[0]

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

    def protect(self, packet: bytes) -> memoryview | None:
        """The SRTP packet, valid until the next call for anyone; None when libsrtp refuses (a number too far off)."""
        size = len(packet)
        if size > BUFFER_BYTES - TRAILER_BYTES:
            return None
        VIEW[:size] = packet
        LENGTH[0] = size
        if lib.srtp_protect(self.seal, BUFFER, LENGTH):
            return None
        return VIEW[: LENGTH[0]]


BUFFER = ffi.new("unsigned char[]", BUFFER_BYTES)
VIEW = memoryview(ffi.buffer(BUFFER))
LENGTH = ffi.new("int *")
