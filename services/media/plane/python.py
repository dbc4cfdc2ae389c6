"""The forwarding loop in Python: always there, and the oracle for any other."""

from collections.abc import Callable

from services.media.engine.continuity import Voice
from services.media.engine.listener import Address
from services.media.engine.packets import header
from services.media.engine.room import Forward
from services.media.srtp import Sealer

ONE_CSRC = 0x81  # version 2, one contributing source
PADDED = 0x20
MARKER = 0x80


class PythonPlane:
    """`send` is the socket's. About 6 us a listener, of which 3 are the kernel's."""

    def __init__(self, send: Callable[[memoryview, Address], bool]) -> None:
        self.sent = self.refused = 0
        self._send = send
        self._sealer = Sealer()

    def forward(self, forward: Forward) -> int:
        voice, own, slot = forward.voice, forward.own, forward.voice.slot
        seal, send = self._sealer.seal, self._send
        written: dict[tuple[int, int], bytes] = {}  # most listeners share their numbers: one or two writings a room
        sent = 0
        for listener in forward.listeners:
            if listener is own or slot >= listener.lines or listener.address is None:
                continue
            kind = (listener.payload_type, listener.offsets[slot])
            packet = written.get(kind)
            if packet is None:
                packet = written[kind] = write(voice, *kind)
            sealed = seal(listener.seal, packet)
            if sealed is None:
                self.refused += 1  # by libsrtp
            elif send(sealed, listener.address):
                sent += 1
        self.sent += sent
        return sent


def write(voice: Voice, payload_type: int, offset: int) -> bytes:
    """`voice` as the RTP packet of those listeners who share this payload type and sequence offset."""
    first = ONE_CSRC | (PADDED if voice.padded else 0)
    second = payload_type | (MARKER if voice.marker else 0)
    head = header(first, second, voice.sequence - offset, voice.timestamp, voice.ssrc, csrc=voice.seat)
    return head + voice.payload
