"""Packets that a client may send, good and bad, drawn at random."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from struct import pack

import pylibsrtp

from services.media.engine.plane import Address

KINDS = (0x90, 0x80, 0xB0, 0xA0, 0x95)  # with and without extension, padding, contributing sources
NTP_EPOCH = 2_208_988_800  # seconds from 1900 to 1970


@dataclass
class Caller:
    """One client of several planes: the same keys, so that all may send the same bytes."""

    number: int
    room: int
    address: Address
    outward: pylibsrtp.Session
    ssrc: int
    sequence: int
    timestamp: int
    generation: int = 1
    waiting: list[bytes] = field(default_factory=list)  # packets that come later than they should


class Packets:
    def __init__(self, random: Random) -> None:
        self._random = random

    def voice(self, who: Caller) -> bytes:
        """Encrypted, unless libsrtp sees that it is no packet."""
        packet = self._voice(who)
        try:
            return bytes(who.outward.protect(packet))
        except pylibsrtp.Error:
            return packet

    def report(self, who: Caller, ours: Sequence[int], unix: float) -> bytes:
        """RTCP of theirs: about their voice, and about the slots whose SSRCs are `ours`."""
        count = self._random.randrange(4)
        blocks = b"".join(self._block(ours, unix) for _ in range(count))
        ntp = int((unix + NTP_EPOCH) * 2**32)
        sender = pack("!IQIII", who.ssrc, ntp, who.timestamp & 0xFFFFFFFF, 5, 7)
        kind, body = self._random.choice([(200, sender + blocks), (201, pack("!I", who.ssrc) + blocks)])
        words = len(body) // 4 + self._random.choice([0] * 9 + [3])
        packet = pack("!BBH", 0x80 | count, kind, words) + body
        packet += self._random.choice([b"", b"", pack("!BBHI", 0x81, 203, 1, who.ssrc), b"\x80\xc9"])
        return self.spoilt(bytes(who.outward.protect_rtcp(packet)), whole=0.9)

    def spoilt(self, datagram: bytes, whole: float = 0.7) -> bytes:
        """Sometimes changed, sometimes cut; `whole`: how often it is neither, 0 to 1."""
        if self._random.random() < whole:
            return datagram
        changed = bytearray(datagram)
        changed[self._random.randrange(len(changed))] ^= 1 << self._random.randrange(8)
        return bytes(changed[: self._random.choice([len(changed), self._random.randrange(len(changed))])])

    def _voice(self, who: Caller) -> bytes:
        who.sequence += self._random.choice([1] * 30 + [2, 60, 700])
        who.timestamp += self._random.choice([960] * 30 + [1_920, 48_000, 500_000_000])
        if self._random.random() < 0.01:
            who.ssrc = self._random.getrandbits(32)
        first, kind = self._random.choice(KINDS), self._random.choice([111] * 20 + [8, 239])
        head = pack("!BBHII", first, kind, who.sequence & 0xFFFF, who.timestamp & 0xFFFFFFFF, who.ssrc)
        sources = self._random.randbytes(4 * (first & 15))
        return head + sources + (self._extension() if first & 0x10 else b"") + self._payload(first)

    def _payload(self, first: int) -> bytes:
        payload = self._random.randbytes(self._random.choice([0, 1, 3, 80, 80, 1_000]))
        return payload + bytes([0, 0, self._random.choice([3, 3, 3, 0, 200])]) if first & 0x20 else payload

    def _extension(self) -> bytes:
        """Of one byte or of two, with a level, without, or with nonsense; sometimes longer than it is."""
        level, nonsense = 0x80 | self._random.choice([10, 30, 30, 45, 70, 90, 127]), self._random.randbytes(8)
        if self._random.random() < 0.3:
            return pack("!HH", 0x1005, 2) + self._random.choice([bytes([1, 1, level, 0, 0, 0, 0, 0]), nonsense])
        alone, second = bytes([0x10, level, 0, 0]), bytes([0x52, 1, 2, 3, 0x10, level, 0, 0])
        body = self._random.choice([alone, second, bytes([0, 0xF0, 0x10, level]), nonsense])
        return pack("!HH", 0xBEDE, self._random.choice([len(body) // 4] * 20 + [90])) + body

    def _block(self, ours: Sequence[int], unix: float) -> bytes:
        middle = int((unix + NTP_EPOCH) * 65_536) & 0xFFFFFFFF
        return pack(
            "!IIIIII",
            self._random.choice([*ours, 5]),
            self._random.getrandbits(32),
            self._random.getrandbits(32),
            self._random.randrange(5_000),
            self._random.choice([0, middle - 9_000, middle + 70_000]) & 0xFFFFFFFF,
            self._random.randrange(4_000),
        )
