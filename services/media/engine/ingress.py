"""A datagram comes in: what it is (RFC 7983 section 7), whose it is, and what is to be done about it."""

from collections import Counter
from dataclasses import dataclass

from services.media.engine import packets, reports
from services.media.engine.listener import Address
from services.media.engine.packets import Malformed
from services.media.engine.participant import Participant, Undecryptable
from services.media.engine.room import Forward
from services.media.engine.routes import Routes
from services.media.engine.sessions import Sessions


@dataclass(frozen=True, slots=True)
class Reply:
    """Send this back."""

    datagram: bytes
    address: Address


@dataclass(frozen=True, slots=True)
class Handshake:
    """A DTLS record: for the handshake of `who`, or the goodbye after it."""

    who: Participant
    datagram: bytes


Outcome = Reply | Handshake | Forward


class Ingress:
    """`counts` says how many datagrams of each kind came, and why others were thrown away."""

    def __init__(self, routes: Routes, sessions: Sessions) -> None:
        self.counts: Counter[str] = Counter()
        self._routes = routes
        self._sessions = sessions

    def receive(self, datagram: bytes, address: Address, now: float) -> Outcome | None:
        """What follows from a datagram; None when nothing does. Raises nothing, whatever the bytes."""
        first = datagram[0] if len(datagram) >= 2 else 255
        try:
            if 128 <= first <= 191:
                return self._srtp(datagram, address, now)
            if first <= 3:
                return self._stun(datagram, address, now)
            if 20 <= first <= 63:
                return self._dtls(datagram, address)
        except Malformed:
            self.counts["malformed"] += 1
        except Undecryptable:
            self.counts["undecryptable"] += 1
        else:
            self.counts["foreign"] += 1
        return None

    def _srtp(self, datagram: bytes, address: Address, now: float) -> Forward | None:
        who = self._routes.at(address)
        if who is None or who.srtp is None:
            self.counts["unknown_address"] += 1
            return None
        if packets.is_rtcp(datagram):
            self.counts["rtcp"] += 1
            self._rtcp(who, who.srtp.unprotect_rtcp(datagram), now)
            return None
        self.counts["rtp"] += 1
        return self._sessions.rooms[who.room_id].hear(who, datagram, now)

    def _rtcp(self, who: Participant, packet: bytes, now: float) -> None:
        who.last_heard = now
        reports.read(packet, who.reception, now)

    def _stun(self, datagram: bytes, address: Address, now: float) -> Reply | None:
        answer = self._routes.check(datagram, address, now)
        self.counts["check" if answer else "refused_check"] += 1
        return Reply(answer, address) if answer else None

    def _dtls(self, datagram: bytes, address: Address) -> Handshake | None:
        who = self._routes.at(address)
        self.counts["dtls" if who else "unknown_address"] += 1
        return Handshake(who, datagram) if who else None
