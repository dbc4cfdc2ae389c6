"""Random traffic for two planes at once: joins, leaves, voices good and bad, checks, reports, time."""

from collections.abc import Callable, Sequence
from random import Random

from pylibsrtp import Policy

from services.media.engine.plane import Address, Event, Plane, StreamStart, Terms
from services.media.srtp import SrtpSessions
from tests.unit.media.packets import Caller, Packets
from tests.unit.media.people import check, credentials, session

ROOMS, PEOPLE = 3, 24
UNIX_AHEAD = 1.79e9  # seconds, of the monotonic clock
ADDRESSES: list[Address] = [("192.0.2.1", port) for port in range(1, 40)] + [("2001:db8::1", port) for port in range(9)]


class Traffic:
    """`step` does one random thing to every plane, at the same time."""

    def __init__(self, seed: int, planes: Sequence[Plane]) -> None:
        self.random, self.planes = Random(seed), planes
        self.packets = Packets(self.random)
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
        datagram = check(ice, password, nominate=self.random.random() < 0.7)
        self._receive(self.packets.spoilt(datagram), address)

    def _dtls(self) -> None:
        who = self._one()
        record = bytes([22]) + self.random.randbytes(self.random.randrange(400))
        self._receive(record, who.address)
        for _ in range(self.random.choice([1, 1, 6])):
            self._all(lambda plane: plane.send(who.number, record))

    def _tick(self) -> None:
        self._all(lambda plane: plane.tick(self.now, UNIX_AHEAD + self.now))

    def _noise(self) -> None:
        first = self.random.choice([0, 1, 20, 22, 64, 128, 144, 200, 255])
        noise = bytes([first]) + self.random.randbytes(self.random.randrange(120))
        self._receive(noise, self.random.choice(ADDRESSES))

    def _report(self) -> None:
        who = self._one()
        ours = [stream.ssrc for stream in self.streams[who.room]]
        self._receive(self.packets.report(who, ours, UNIX_AHEAD + self.now), who.address)

    def _voice(self) -> None:
        who = self._one()
        for _ in range(self.random.choice([1, 1, 5, 12])):
            packet = self.packets.voice(who)
            match self.random.randrange(20):
                case 0:
                    who.waiting.append(packet)
                case 1 | 2 if who.waiting:
                    self._receive(who.waiting.pop(), who.address)
                case 3:
                    self._receive(packet, who.address)  # twice
                case 4:
                    packet = self.packets.spoilt(packet)
            self._receive(packet, who.address)
            self.now += 0.02
