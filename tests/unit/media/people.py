"""People in a room of a data plane, with real SRTP between them and the node and no socket in between.

Everything here speaks to `Plane` alone: what holds for one plane holds for the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import pylibsrtp
from aioice import stun
from pylibsrtp import Policy

from services.media.engine.plane import Address, Event, IceCredentials, Plane, StreamStart, Terms
from services.media.srtp import SrtpSessions
from tests.media_client import packets
from tests.media_client.packets import Heard

ROOM = 0
SILENCE_SECONDS = 30.0
Send = Callable[[bytes | memoryview, Address], bool]
MakePlane = Callable[[Send, float], Plane]


def session(key: bytes, direction: int) -> pylibsrtp.Session:
    profile = Policy.SRTP_PROFILE_AEAD_AES_128_GCM
    return pylibsrtp.Session(Policy(key=key, ssrc_type=direction, srtp_profile=profile))


def credentials(seat: int, generation: int = 1) -> IceCredentials:
    return IceCredentials(f"ours{seat}-{generation}", f"password-of-{seat}-that-is-long", f"theirs{seat}")


def terms(seat: int, lines: int = 3, payload_type: int = 111, source_level_id: int | None = None) -> Terms:
    return Terms(ROOM, seat, credentials(seat), payload_type, lines, level_id=1, source_level_id=source_level_id)


def check(
    ice: IceCredentials, password: str | None = None, username: str | None = None, nominate: bool = True
) -> bytes:
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = username or f"{ice.local_ufrag}:{ice.remote_ufrag}"
    if nominate:
        message.attributes["USE-CANDIDATE"] = None
    message.add_message_integrity((password or ice.local_password).encode())
    return bytes(message)


@dataclass
class Person:
    """The client's end: `voice` gives the next packet encrypted, `heard` what arrived, decrypted."""

    seat: int
    session: int
    address: Address
    outward: pylibsrtp.Session
    inward: pylibsrtp.Session
    ssrcs: list[int]
    heard: list[Heard] = field(default_factory=list)
    reports: list[bytes] = field(default_factory=list)
    sequence: int = 500
    timestamp: int = 0

    def voice(self, level_dbov: int = 30, payload: bytes = b"opus") -> bytes:
        self.sequence += 1
        self.timestamp += 960
        plain = packets.voice(self.sequence, self.timestamp, self.seat, 111, level_dbov, payload)
        return bytes(self.outward.protect(plain))

    def sequences(self, slot: int) -> list[int]:
        return [one.sequence for one in self.heard if one.slot == slot]


class House:
    """One room of one plane; whoever `enter`s is connected at once, from an address of their own."""

    def __init__(self, make_plane: MakePlane, seed: int = 1) -> None:
        self.plane = make_plane(self._deliver, SILENCE_SECONDS)
        bits = Random(seed).getrandbits
        self.reporter = bits(32)
        self.streams = [StreamStart(bits(32), bits(15), bits(32)) for _ in range(3)]
        self.people: dict[Address, Person] = {}
        self.sent: list[tuple[bytes, Address]] = []  # what is no voice: STUN and DTLS
        self.events: list[Event] = []
        self.now = 0.0
        self._keys: list[SrtpSessions] = []  # a plane holds no reference to them
        self.plane.open(ROOM, self.reporter, self.streams)

    def expect(self, seat: int, **how: int) -> int:
        """A session that has not connected yet; its number."""
        self.plane.add(seat, terms(seat, **how), self.now)
        return seat

    def enter(self, seat: int, heard: bool = False, **how: int) -> Person:
        self.expect(seat, **how)
        address = ("192.0.2.1", seat)
        self.plane.receive(check(credentials(seat)), address, self.now)
        up, down = bytes([seat]) * 28, bytes([seat + 100]) * 28
        keys = SrtpSessions(session(up, Policy.SSRC_ANY_INBOUND), session(down, Policy.SSRC_ANY_OUTBOUND))
        self._keys.append(keys)
        self.plane.connect(seat, keys, self.now)
        self.plane.allow(seat, heard, self.now)
        person = self.people[address] = Person(
            seat=seat,
            session=seat,
            address=address,
            outward=session(up, Policy.SSRC_ANY_OUTBOUND),
            inward=session(down, Policy.SSRC_ANY_INBOUND),
            ssrcs=[stream.ssrc for stream in self.streams],
        )
        return person

    def allow(self, person: Person, heard: bool) -> None:
        self.plane.allow(person.session, heard, self.now)

    def leave(self, person: Person) -> None:
        self.plane.silence(person.session, self.now)
        self.plane.remove(person.session)

    def speak(self, *speakers: Person, frames: int = 10, level_dbov: int = 30) -> None:
        """Everyone says `frames` packets at the same time, 20 ms each."""
        for _ in range(frames):
            self.now += 0.02
            for speaker in speakers:
                self.arrive(speaker, speaker.voice(level_dbov))

    def arrive(self, speaker: Person, datagram: bytes) -> None:
        self.plane.receive(datagram, speaker.address, self.now)

    def passes(self, seconds: float) -> list[Event]:
        """Time, ten ticks a second; what was told until then."""
        for _ in range(round(seconds * 10)):
            self.now += 0.1
            self.plane.tick(self.now, 1.8e9 + self.now)
        return self.told()

    def told(self) -> list[Event]:
        """All that was told so far."""
        self.events += self.plane.told()
        return self.events

    def _deliver(self, datagram: bytes | memoryview, address: Address) -> bool:
        person, datagram = self.people.get(address), bytes(datagram)
        if person is None or not 128 <= datagram[0] <= 191:
            self.sent.append((datagram, address))
        elif 192 <= datagram[1] <= 223:
            person.reports.append(person.inward.unprotect_rtcp(datagram))
        else:
            person.heard.append(packets.heard(person.inward.unprotect(datagram), person.ssrcs))
        return True
