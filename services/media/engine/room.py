"""One room's sound: from a decrypted microphone, past the gate, into a slot."""

from collections.abc import Callable, Sequence

from services.media.engine import packets
from services.media.engine.continuity import SlotStream, Voice
from services.media.engine.packets import RtpPacket
from services.media.engine.peer import Peer
from services.media.engine.plane import Event, Srtp, Started, Stopped, StreamStart
from services.media.engine.slots import SLOTS, UNKNOWN_DBOV, Slots

Tell = Callable[[Event], None]


class Room:
    """`streams` keep their SSRCs for the room's life, so nothing is ever renegotiated."""

    def __init__(self, reporter: int, streams: Sequence[StreamStart], tell: Tell) -> None:
        self.reporter = reporter
        self.streams = [SlotStream(slot, start) for slot, start in enumerate(streams)]
        self.sources = frozenset(stream.ssrc for stream in self.streams)
        self.listeners: list[Peer] = []  # in the order in which they connected
        self._slots = Slots()
        self._inside: list[Peer | None] = [None] * SLOTS  # whose voice each slot carried last
        self._tell = tell

    def connect(self, who: Peer, srtp: Srtp) -> None:
        """Encryption stands: `who` hears from now on, and may be heard."""
        who.srtp, who.proven = srtp, True
        who.listener.begin(self.streams)
        self.listeners.append(who)

    def leave(self, who: Peer, now: float) -> None:
        if who.srtp is not None:
            self.listeners.remove(who)
        self._inside = [None if inside is who else inside for inside in self._inside]
        self.hush(who, now)

    def hear(self, who: Peer, srtp: Srtp, datagram: bytes, now: float) -> Voice | None:
        """An SRTP packet of `who`, as it goes out; None when it does not. Raises `Malformed` or `Undecryptable`."""
        ssrc, sequence = packets.source_of(datagram)
        if not who.roll_over.admits(ssrc) or not (who.heard or who.roll_over.due(ssrc, sequence)):
            return None
        packet = packets.parse(srtp.unprotect(datagram), who.terms.level_id)
        who.roll_over.decrypted(ssrc, sequence)
        who.alive(now)
        if not who.heard or packet.payload_type != who.terms.payload_type:
            return None
        return self._carry(who, packet, now)

    def hush(self, who: Peer, now: float) -> None:
        """They may not be heard any more: they fall silent at once."""
        self._slots.release(who.speaker, now)
        who.reception.forget()
        self.spoke(who, who.speaking.stop())

    def spoke(self, who: Peer, seconds: float | None) -> None:
        if seconds is not None:
            self._tell(Stopped(who.session, seconds))

    def _carry(self, who: Peer, packet: RtpPacket, now: float) -> Voice | None:
        who.reception.count(packet, now)
        level = UNKNOWN_DBOV if packet.level_dbov is None else packet.level_dbov
        if who.speaking.hear(level, now):
            self._tell(Started(who.session))
        slot = self._slots.hear(who.speaker, level, now)
        if slot is None:
            return None
        self._enter(slot, who)
        return self.streams[slot].carry(packet, who.terms.seat, who.speaker.turn, now)

    def _enter(self, slot: int, who: Peer) -> None:
        former = self._inside[slot]
        if former is who:
            return
        if former:
            former.listener.resume(self.streams[slot])
        who.listener.pause(self.streams[slot])
        self._inside[slot] = who
