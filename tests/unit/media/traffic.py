"""Random traffic for two planes at once: joins, leaves, voices good and bad, checks, reports, time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from struct import pack

import pylibsrtp
from pylibsrtp import Policy

from services.media.engine.plane import Address, Event, Plane, StreamStart, Terms
from services.media.srtp import SrtpSessions
from tests.unit.media.people import check, credentials, session

ROOMS, PEOPLE = 3, 24
KINDS = (0x90, 0x80, 0xB0, 0xA0, 0x95)  # with and without extension, padding, contributing sources
ADDRESSES: list[Address] = [("192.0.2.1", port) for port in range(1, 40)] + [("2001:db8::1", port) for port in range(9)]


@dataclass
class Caller:
    """One client of both planes: the same keys, so that both may send the same bytes."""

    number: int
    room: int
    address: Address
    outward: pylibsrtp.Session
    ssrc: int
    sequence: int
    timestamp: int
    generation: int = 1
    connected: bool = False
    waiting: list[bytes] = field(default_factory=list)  # packets that come later than they should


class Traffic:
    """`step` does one random thing to every plane, at the same time."""

    def __init__(self, seed: int, planes: Sequence[Plane]) -> None:
        self.random, self.planes = Random(seed), planes
        self.now = 1_000.0
        self.callers: list[Caller] = []
        self.streams: list[list[StreamStart]] = []
        self._numbers = 0
        bits = self.random.getrandbits
        for room in range(ROOMS):
            self.streams.append(
                [StreamStart(bits(32), self.random.choice([bits(15), 32_700]), bits(32)) for _ in "123"]
            )
            for plane in planes:
                plane.open(room, 77 + room, self.streams[room])

    def step(self) -> None:
        self.now += self.random.choice([0.0, 0.001, 0.02, 0.02, 0.3, 3.0])
        ways: list[tuple[int, Callable[[], None]]] = [
            (40, self._voice), (6, self._report), (4, self._noise), (6, self._check), (6, self._tick), (3, self._allow),
            (3, self._join), (1, self._leave), (1, self._renew), (2, self._dtls),
        ]  # fmt: skip
        way = self.random.choices([way for _, way in ways], [weight for weight, _ in ways])[0]
        if self.callers or way in (self._join, self._noise, self._tick):
            way()

    def told(self) -> list[list[Event]]:
        return [plane.told() for plane in self.planes]

    def _all(self, do: Callable[[Plane], None]) -> None:
        for plane in self.planes:
            do(plane)

    def _receive(self, datagram: bytes, address: Address) -> None:
        self._all(lambda plane: plane.receive(datagram, address, self.now))

    def _one(self) -> Caller:
        return self.random.choice(self.callers)

    def _join(self) -> None:
        if len(self.callers) >= PEOPLE:
            return
        number, room = self._numbers, self.random.randrange(ROOMS)
        self._numbers += 1
        terms = Terms(
            room,
            number + 1,
            credentials(number),
            111,
            self.random.choice([3, 3, 3, 1]),
            1,
            self.random.choice([None, 4]),
        )
        address = self.random.choice(ADDRESSES)
        self._all(lambda plane: plane.add(number, terms, self.now))
        self._receive(check(credentials(number)), address)
        key = bytes([number % 256]) * 28
        caller = Caller(
            *(number, room, address, session(key, Policy.SSRC_ANY_OUTBOUND)),
            ssrc=self.random.getrandbits(32),
            sequence=self.random.choice([5, 32_000, 65_500]),
            timestamp=self.random.getrandbits(32),
        )
        self.callers.append(caller)
        if self.random.random() < 0.7:
            self._connect(caller, key)

    def _connect(self, caller: Caller, key: bytes) -> None:
        caller.connected = True
        for plane in self.planes:
            keys = SrtpSessions(session(key, Policy.SSRC_ANY_INBOUND), session(key[::-1], Policy.SSRC_ANY_OUTBOUND))
            plane.connect(caller.number, keys, self.now)
        heard = self.random.random() < 0.7
        self._all(lambda plane: plane.allow(caller.number, heard, self.now))

    def _leave(self) -> None:
        who = self._one()
        self.callers.remove(who)
        self._all(lambda plane: plane.silence(who.number, self.now))
        self._all(lambda plane: plane.remove(who.number))

    def _allow(self) -> None:
        who, heard = self._one(), self.random.random() < 0.7
        self._all(lambda plane: plane.allow(who.number, heard, self.now))

    def _renew(self) -> None:
        who = self._one()
        who.generation += 1
        self._all(lambda plane: plane.renew(who.number, credentials(who.number, who.generation)))

    def _check(self) -> None:
        who = self._one()
        password = self.random.choice([None, None, None, "guess"])
        address = self.random.choice([who.address, who.address, self.random.choice(ADDRESSES)])
        ice = credentials(who.number, self.random.choice([who.generation, who.generation, 1]))
        self._receive(self._spoilt(check(ice, password, nominate=self.random.random() < 0.7)), address)

    def _dtls(self) -> None:
        who = self._one()
        record = bytes([22]) + self.random.randbytes(self.random.randrange(400))
        self._receive(record, who.address)
        for _ in range(self.random.choice([1, 1, 6])):
            self._all(lambda plane: plane.send(who.number, record))

    def _tick(self) -> None:
        self._all(lambda plane: plane.tick(self.now, 1.79e9 + self.now))

    def _noise(self) -> None:
        first = self.random.choice([0, 1, 20, 22, 64, 128, 144, 200, 255])
        noise = bytes([first]) + self.random.randbytes(self.random.randrange(120))
        self._receive(noise, self.random.choice(ADDRESSES))

    def _voice(self) -> None:
        who = self._one()
        for _ in range(self.random.choice([1, 1, 5, 12])):
            packet = self._sealed(who)
            match self.random.randrange(20):
                case 0:
                    who.waiting.append(packet)
                case 1 | 2 if who.waiting:
                    self._receive(who.waiting.pop(), who.address)
                case 3:
                    self._receive(packet, who.address)  # twice
                case 4:
                    packet = self._spoilt(packet)
            self._receive(packet, who.address)
            self.now += 0.02

    def _sealed(self, who: Caller) -> bytes:
        """Encrypted, unless libsrtp sees that it is no packet."""
        packet = self._packet(who)
        try:
            return bytes(who.outward.protect(packet))
        except pylibsrtp.Error:
            return packet

    def _packet(self, who: Caller) -> bytes:
        who.sequence += self.random.choice([1] * 30 + [2, 60, 700])
        who.timestamp += self.random.choice([960] * 30 + [1_920, 48_000, 500_000_000])
        if self.random.random() < 0.01:
            who.ssrc = self.random.getrandbits(32)
        first, kind = self.random.choice(KINDS), self.random.choice([111] * 20 + [8, 239])
        head = pack("!BBHII", first, kind, who.sequence & 0xFFFF, who.timestamp & 0xFFFFFFFF, who.ssrc)
        body = (
            self.random.randbytes(4 * (first & 15))
            + (self._extension() if first & 0x10 else b"")
            + self._payload(first)
        )
        return head + body

    def _payload(self, first: int) -> bytes:
        payload = self.random.randbytes(self.random.choice([0, 1, 3, 80, 80, 1_000]))
        return payload + bytes([0, 0, self.random.choice([3, 3, 3, 0, 200])]) if first & 0x20 else payload

    def _extension(self) -> bytes:
        level = 0x80 | self.random.choice([10, 30, 30, 45, 70, 90, 127])
        body = self.random.choice(
            [
                bytes([0x10, level, 0, 0]),
                bytes([0x52, 1, 2, 3, 0x10, level, 0, 0]),
                bytes([0, 0xF0, 0x10, level]),
                self.random.randbytes(8),
            ]
        )
        if self.random.random() < 0.3:
            return pack("!HH", 0x1005, 2) + self.random.choice(
                [bytes([1, 1, level, 0, 0, 0, 0, 0]), self.random.randbytes(8)]
            )
        return pack("!HH", 0xBEDE, self.random.choice([len(body) // 4] * 20 + [90])) + body

    def _report(self) -> None:
        """RTCP of theirs: about their voice, and about slots of ours."""
        who = self._one()
        ours = self.streams[who.room]
        count = self.random.randrange(4)
        middle = int((1.79e9 + self.now + 2_208_988_800) * 65_536) & 0xFFFFFFFF
        blocks = b"".join(
            pack(
                "!IIIIII",
                self.random.choice([*(one.ssrc for one in ours), 5]),
                self.random.getrandbits(32),
                self.random.getrandbits(32),
                self.random.randrange(5_000),
                self.random.choice([0, middle - 9_000, middle + 70_000]) & 0xFFFFFFFF,
                self.random.randrange(4_000),
            )
            for _ in range(count)
        )
        ntp = int((1.79e9 + self.now + 2_208_988_800) * 2**32)
        sender = pack("!IQIII", who.ssrc, ntp, who.timestamp & 0xFFFFFFFF, 5, 7)
        kind, body = self.random.choice([(200, sender + blocks), (201, pack("!I", who.ssrc) + blocks)])
        words = len(body) // 4 + self.random.choice([0] * 9 + [3])
        packet = pack("!BBH", 0x80 | count, kind, words) + body
        packet += self.random.choice([b"", b"", pack("!BBHI", 0x81, 203, 1, who.ssrc), b"\x80\xc9"])
        self._receive(self._spoilt(bytes(who.outward.protect_rtcp(packet)), rarely=True), who.address)

    def _spoilt(self, datagram: bytes, rarely: bool = False) -> bytes:
        """Sometimes changed, sometimes cut."""
        if self.random.random() < (0.9 if rarely else 0.7):
            return datagram
        changed = bytearray(datagram)
        changed[self.random.randrange(len(changed))] ^= 1 << self.random.randrange(8)
        return bytes(changed[: self.random.choice([len(changed), self.random.randrange(len(changed))])])
