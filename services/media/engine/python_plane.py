"""The data plane in Python: always there, and what is right for the other one, too."""

from collections import Counter
from collections.abc import Sequence

from services.media.engine import packets, reports
from services.media.engine.fan_out import Send, fan_out
from services.media.engine.packets import Malformed
from services.media.engine.peer import Peer, Undecryptable
from services.media.engine.plane import (
    Address,
    Event,
    IceCredentials,
    Record,
    Silent,
    Srtp,
    StreamStart,
    Terms,
)
from services.media.engine.quality import quality
from services.media.engine.reports import Clock
from services.media.engine.room import Room
from services.media.engine.routes import Routes

ROUND_SECONDS = 0.5
REPORTS_A_QUALITY = 2


class PythonPlane:
    """`send` is the socket's. See `plane.Plane`."""

    def __init__(self, send: Send, silence_seconds: float) -> None:
        self.counts: Counter[str] = Counter()
        self._send, self._silence_seconds = send, silence_seconds
        self._rooms: dict[int, Room] = {}
        self._peers: dict[int, Peer] = {}
        self._routes = Routes()
        self._told: list[Event] = []
        self._unix_ahead = 0.0  # seconds, of the monotonic clock
        self._round_due = float("-inf")

    def open(self, room: int, reporter: int, streams: Sequence[StreamStart]) -> None:
        self._rooms[room] = Room(reporter, streams, self._told.append)

    def close(self, room: int) -> None:
        self._rooms.pop(room, None)

    def add(self, session: int, terms: Terms, now: float) -> None:
        who = self._peers[session] = Peer(session, self._rooms[terms.room], terms, terms.ice, now)
        self._routes.add(who)

    def renew(self, session: int, ice: IceCredentials) -> None:
        self._routes.renew(self._peers[session], ice)

    def connect(self, session: int, srtp: Srtp, now: float) -> None:
        who = self._peers[session]
        who.room.connect(who, srtp)
        who.report_due = now + reports.EVERY_SECONDS

    def allow(self, session: int, heard: bool, now: float) -> None:
        who = self._peers[session]
        if who.heard and not heard:
            who.room.hush(who, now)
        who.heard = heard

    def silence(self, session: int, now: float) -> None:
        who = self._peers[session]
        who.room.leave(who, now)
        who.srtp = None
        who.heard, who.report_due = False, float("inf")

    def remove(self, session: int) -> None:
        self._routes.remove(self._peers.pop(session))

    def send(self, session: int, record: bytes) -> None:
        who = self._peers.get(session)
        if who is None or who.listener.address is None:
            return
        if who.may_send(len(record)):
            self._out(record, who.listener.address)
        else:
            self.counts["held_back"] += 1

    def heard_at(self, session: int) -> float | None:
        who = self._peers.get(session)
        return who.last_heard if who and who.lively else None

    def told(self) -> list[Event]:
        told, self._told[:] = self._told[:], []
        return told

    def receive(self, datagram: bytes, address: Address, now: float) -> None:
        """What it is (RFC 7983 section 7), whose it is, and what is to be done about it."""
        first = datagram[0] if len(datagram) >= 2 else 255
        try:
            if 128 <= first <= 191:
                self._srtp(datagram, address, now)
            elif first <= 3:
                self._stun(datagram, address, now)
            elif 20 <= first <= 63:
                self._dtls(datagram, address)
            else:
                self.counts["foreign"] += 1
        except Malformed:
            self.counts["malformed"] += 1
        except Undecryptable:
            self.counts["undecryptable"] += 1

    def tick(self, now: float, unix: float) -> None:
        self._unix_ahead = unix - now
        at = Clock(now, unix)
        for who in self._peers.values():
            if who.report_due <= now:
                self._report(who, at)
        if now >= self._round_due:
            self._round_due = now + ROUND_SECONDS
            for who in self._peers.values():
                self._look(who, now)

    def _srtp(self, datagram: bytes, address: Address, now: float) -> None:
        who = self._routes.at(address)
        if who is None or who.srtp is None:
            self.counts["unknown_address"] += 1
        elif packets.is_rtcp(datagram):
            self.counts["rtcp"] += 1
            packet = who.srtp.unprotect_rtcp(datagram)
            who.alive(now)
            at = Clock(now, now + self._unix_ahead)
            reports.read(packet, who.reception, who.hearing, who.room.sources, at)
        else:
            self.counts["rtp"] += 1
            voice = who.room.hear(who, who.srtp, datagram, now)
            if voice:
                fan_out(voice, who, who.room.listeners, self._send, self.counts)

    def _stun(self, datagram: bytes, address: Address, now: float) -> None:
        checked = self._routes.check(datagram, address, now)
        self.counts["check" if checked else "refused_check"] += 1
        if checked:
            who, answer = checked
            who.received += len(datagram)
            who.spent += len(answer)
            self._out(answer, address)

    def _dtls(self, datagram: bytes, address: Address) -> None:
        who = self._routes.at(address)
        self.counts["dtls" if who else "unknown_address"] += 1
        if who:
            who.received += len(datagram)
            self._told.append(Record(who.session, datagram))

    def _report(self, who: Peer, at: Clock) -> None:
        """The RTCP that is due to them; and what is known of their path, every other time."""
        who.report_due = at.now + reports.EVERY_SECONDS
        if who.srtp is None or who.listener.address is None:
            return
        packet = reports.compose(who.room.reporter, who.reception, who.listener, who.room.streams, at)
        self._out(who.srtp.protect_rtcp(packet), who.listener.address)
        who.reports += 1
        if who.reports % REPORTS_A_QUALITY == 0:
            self._told.append(quality(who))

    def _look(self, who: Peer, now: float) -> None:
        """Has a sentence ended, are they still there (RFC 7675 section 5.1)?"""
        who.room.spoke(who, who.speaking.pause(now))
        if now - who.last_heard > self._silence_seconds and not who.told_silent:
            who.told_silent = True
            self._told.append(Silent(who.session))

    def _out(self, datagram: bytes | memoryview, address: Address) -> None:
        if not self._send(datagram, address):
            self.counts["dropped"] += 1
