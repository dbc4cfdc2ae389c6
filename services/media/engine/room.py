"""One room's sound: from a decrypted microphone, past the gate, into a slot, to everyone else's ears."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from contracts.media import MediaFact, SpeakingStarted, SpeakingStopped
from services.media.engine import packets, reports
from services.media.engine.continuity import SlotStream, Voice
from services.media.engine.gate import Gate
from services.media.engine.listener import Listener
from services.media.engine.packets import RtpPacket
from services.media.engine.participant import Participant, Srtp
from services.media.engine.slots import SLOTS, UNKNOWN_DBOV, Slots

RandomBits = Callable[[int], int]
Tell = Callable[[MediaFact], None]


@dataclass(frozen=True, slots=True)
class Forward:
    """A voice, everyone who listens, and the one among them whose voice it is."""

    voice: Voice
    listeners: list[Listener]
    own: Listener


class Room:
    """`streams` keep their SSRCs for the room's life, so nothing is ever renegotiated."""

    def __init__(self, room_id: UUID, random_bits: RandomBits, tell: Tell) -> None:
        self.id = room_id
        self.gate = Gate()
        self.participants: dict[UUID, Participant] = {}  # by user
        self.listeners: list[Listener] = []
        self.reporter = random_bits(32)  # the SSRC of our receiver reports
        self.streams = [
            SlotStream(slot, ssrc, sequence=random_bits(15), timestamp=random_bits(32))
            for slot, ssrc in enumerate(_different(SLOTS, self.reporter, random_bits))
        ]
        self._slots = Slots()
        self._inside: list[Participant | None] = [None] * SLOTS  # whose voice each slot carried last
        self._tell = tell

    def connect(self, who: Participant, srtp: Srtp) -> None:
        """Encryption stands: `who` hears from now on, and may be heard."""
        who.srtp = srtp
        who.listener.seal = srtp.seal
        who.listener.begin(self.streams)
        self.listeners = [*self.listeners, who.listener]

    def leave(self, who: Participant, now: float) -> None:
        self.listeners = [listener for listener in self.listeners if listener is not who.listener]
        self._inside = [None if inside is who else inside for inside in self._inside]
        self._hush(who, now)
        who.srtp = None
        if self.participants.get(who.user_id) is who:
            del self.participants[who.user_id]

    def hear(self, who: Participant, datagram: bytes, now: float) -> Forward | None:
        """An SRTP packet of `who`: who gets it, None when nobody does. Raises `Malformed` or `Undecryptable`."""
        ssrc, sequence = packets.source_of(datagram)
        heard = self.gate.heard(who.seat)
        if who.srtp is None or not who.roll_over.admits(ssrc) or not (heard or who.roll_over.due(ssrc, sequence)):
            return None
        packet = packets.parse(who.srtp.unprotect(datagram), who.level_id)
        who.roll_over.decrypted(ssrc, sequence)
        who.last_heard = now
        if not heard or packet.payload_type != who.payload_type:
            return None
        return self._carry(who, packet, now)

    def obey(self, now: float) -> list[Participant]:
        """The gate was told something: whoever may not be heard any more falls silent at once.

        Returns those who are not in the room any more; their sessions must end.
        """
        for who in self.participants.values():
            if not self.gate.heard(who.seat):
                self._hush(who, now)
        return [who for who in self.participants.values() if self.gate.out(who.seat)]

    def tick(self, now: float) -> None:
        """Once in a while: notice who has stopped speaking."""
        for who in self.participants.values():
            self._spoke(who, who.speaking.pause(now))

    def report(self, who: Participant, at: reports.Clock) -> bytes:
        """The RTCP packet due to `who`, not yet encrypted."""
        return reports.compose(self.reporter, who.reception, who.listener, self.streams, at)

    def _carry(self, who: Participant, packet: RtpPacket, now: float) -> Forward | None:
        who.reception.count(packet, now)
        level = UNKNOWN_DBOV if packet.level_dbov is None else packet.level_dbov
        if who.speaking.hear(level, now):
            self._tell(SpeakingStarted(room_id=self.id, user_id=who.user_id, seat=who.seat))
        slot = self._slots.hear(who.speaker, level, now)
        if slot is None:
            return None
        self._enter(slot, who)
        voice = self.streams[slot].carry(packet, who.seat, who.speaker.turn, now)
        return Forward(voice, self.listeners, who.listener) if voice else None

    def _enter(self, slot: int, who: Participant) -> None:
        former = self._inside[slot]
        if former is who:
            return
        if former:
            former.listener.resume(self.streams[slot])
        who.listener.pause(self.streams[slot])
        self._inside[slot] = who

    def _hush(self, who: Participant, now: float) -> None:
        self._slots.release(who.speaker, now)
        who.reception.forget()
        self._spoke(who, who.speaking.stop())

    def _spoke(self, who: Participant, seconds: float | None) -> None:
        if seconds is not None:
            self._tell(SpeakingStopped(room_id=self.id, user_id=who.user_id, seat=who.seat, seconds=seconds))


def _different(count: int, besides: int, random_bits: RandomBits) -> list[int]:
    """SSRCs must differ within one RTP session (RFC 3550 section 8)."""
    drawn: list[int] = []
    while len(drawn) < count:
        ssrc = random_bits(32)
        if ssrc not in (*drawn, besides):
            drawn.append(ssrc)
    return drawn
