"""People in a room of the engine, with real SRTP between them and the node and no socket in between."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from uuid import UUID, uuid4

import pylibsrtp
from pylibsrtp import Policy

from contracts.media import MediaFact
from contracts.roles import Role
from services.media.engine.gate import Standing
from services.media.engine.listener import Address, Listener
from services.media.engine.participant import Participant
from services.media.engine.room import Forward
from services.media.engine.sessions import Sessions
from services.media.engine.stun import IceCredentials
from services.media.plane.python import PythonPlane
from services.media.srtp import SrtpSessions
from tests.media_client import packets
from tests.media_client.packets import Heard

ROOM = UUID(int=1)


def session(key: bytes, direction: int) -> pylibsrtp.Session:
    profile = Policy.SRTP_PROFILE_AEAD_AES_128_GCM
    return pylibsrtp.Session(Policy(key=key, ssrc_type=direction, srtp_profile=profile))


def participant(seat: int, user: UUID | None = None, connection_no: int = 1, room: UUID = ROOM) -> Participant:
    return Participant(
        session_id=uuid4(),
        room_id=room,
        user_id=user or UUID(int=seat),
        seat=seat,
        connection_no=connection_no,
        ice=IceCredentials(f"ours{seat}", f"password-of-{seat}-that-is-long", f"theirs{seat}"),
        payload_type=111,
        level_id=1,
        listener=Listener(payload_type=111, lines=3),
        last_heard=0.0,
    )


@dataclass
class Person:
    """The client's end: `voice` gives the next packet encrypted, `heard` what arrived, decrypted."""

    who: Participant
    outward: pylibsrtp.Session
    inward: pylibsrtp.Session
    ssrcs: list[int]
    heard: list[Heard] = field(default_factory=list)
    sequence: int = 500
    timestamp: int = 0

    def voice(self, level_dbov: int = 30) -> bytes:
        self.sequence += 1
        self.timestamp += 960
        plain = packets.voice(self.sequence, self.timestamp, self.who.seat, 111, level_dbov, b"opus")
        return bytes(self.outward.protect(plain))

    def sequences(self, slot: int) -> list[int]:
        return [one.sequence for one in self.heard if one.slot == slot]


class House:
    """One room; whoever `enter`s is connected at once."""

    def __init__(self, seed: int = 1) -> None:
        self.facts: list[MediaFact] = []
        self.sessions = Sessions(Random(seed).getrandbits, self.facts.append)
        self.room = self.sessions.room(ROOM, now=0.0)
        self.people: dict[Address, Person] = {}
        self.plane = PythonPlane(self._deliver)
        self.now = 0.0
        self.undecryptable: Counter[int] = Counter()

    def enter(self, seat: int, role: Role = Role.AUDIENCE, muted: bool = False, lines: int = 3) -> Person:
        who = participant(seat)
        who.listener.lines, who.listener.address = lines, ("192.0.2.1", seat)
        up, down = bytes([seat]) * 28, bytes([seat + 100]) * 28
        self.room.gate.tell(Standing(seat, role, muted, seq=seat))
        self.sessions.add(who)
        self.room.connect(
            who, SrtpSessions(session(up, Policy.SSRC_ANY_INBOUND), session(down, Policy.SSRC_ANY_OUTBOUND))
        )
        person = Person(
            who,
            session(up, Policy.SSRC_ANY_OUTBOUND),
            session(down, Policy.SSRC_ANY_INBOUND),
            [stream.ssrc for stream in self.room.streams],
        )
        self.people[("192.0.2.1", seat)] = person
        return person

    def says(self, seat: int, role: Role | None, seq: int, muted: bool = False) -> None:
        """The room's word on a seat."""
        self.room.gate.tell(Standing(seat, role, muted, seq))
        self.room.obey(self.now)

    def speak(self, *speakers: Person, frames: int = 10, level_dbov: int = 30) -> None:
        """Everyone says `frames` packets at the same time, 20 ms each."""
        for _ in range(frames):
            self.now += 0.02
            for speaker in speakers:
                self.arrive(speaker, speaker.voice(level_dbov))

    def arrive(self, speaker: Person, datagram: bytes) -> None:
        outcome = self.room.hear(speaker.who, datagram, self.now)
        if isinstance(outcome, Forward):
            self.plane.forward(outcome)

    def _deliver(self, datagram: bytes | memoryview, address: Address) -> bool:
        person = self.people[address]
        person.heard.append(packets.heard(person.inward.unprotect(bytes(datagram)), person.ssrcs))
        return True
