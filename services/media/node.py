"""The media node: sessions begin and end here, and what the engine says about a datagram is done."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address
from typing import Literal, assert_never
from uuid import UUID

from aiortc.rtcdtlstransport import RTCDtlsFingerprint

from contracts.media import MediaConnected, MediaDisconnected
from services.kit.ids import NewId
from services.media.connection import Connection
from services.media.dtls import Certificate
from services.media.engine import answer, offer, reports
from services.media.engine.candidates import candidates
from services.media.engine.gate import Standing
from services.media.engine.ingress import Handshake, Ingress, Reply
from services.media.engine.listener import Address
from services.media.engine.participant import Participant, Srtp
from services.media.engine.room import Forward, RandomBits, Room, Tell
from services.media.engine.routes import Routes
from services.media.engine.sessions import Sessions
from services.media.joining import Joining, NotInRoom, participant
from services.media.plane import Plane
from services.media.udp import UdpSocket

ALIVE_SECONDS = 10.0
Reason = Literal["closed", "silent", "superseded", "left", "draining"]
Reachable = Callable[[bool], Sequence[IPv4Address]]  # best first; the argument: a page from a loopback host


class MediaNode:
    """Every call is made in the event loop's thread. `tell` takes measurements."""

    def __init__(
        self,
        node_id: UUID,
        udp: UdpSocket,
        plane: Plane,
        reachable: Reachable,
        tell: Tell,
        new_id: NewId,
        random_bits: RandomBits,
        silence_seconds: float,
    ) -> None:
        self.node_id, self.silence_seconds = node_id, silence_seconds
        self.sessions = Sessions(random_bits, tell)
        self._routes = Routes()
        self.ingress = Ingress(self._routes, self.sessions)
        self._certificate = Certificate.generateCertificate()
        self._udp, self._plane, self._reachable = udp, plane, reachable
        self._tell, self._new_id, self._random_bits = tell, new_id, random_bits
        self._connections: dict[UUID, Connection] = {}  # by session
        self._farewells: set[asyncio.Task[None]] = set()

    def open(self, joining: Joining) -> tuple[UUID, str]:
        """A session for this offer: its id and the answer.

        Raises `offer.InvalidSdp`, `offer.UnacceptableOffer`, `sessions.Superseded`, `NotInRoom`.
        """
        wanted = offer.parse(joining.offer)
        now = time.monotonic()
        who = participant(joining, wanted, now, self._new_id, self._random_bits)
        former = self.sessions.standing_in_the_way(who.room_id, who.user_id, who.precedence)
        room = self.sessions.room(who.room_id, now)
        room.gate.tell(joining.standing)
        if room.gate.out(who.seat):
            raise NotInRoom
        if former:
            self.end(former, "superseded")
        self._begin(who, wanted.fingerprints)
        return who.session_id, self._answer(wanted, room, who, joining.from_loopback)

    def close(self, session_id: UUID, reason: Reason) -> None:
        """End a session; one that is not there is ended already."""
        who = self.sessions.get(session_id)
        if who:
            self.end(who, reason)

    def end(self, who: Participant, reason: Reason) -> None:
        was_connected = who.srtp is not None
        if not self.sessions.remove(who, time.monotonic()):
            return
        self._routes.remove(who)
        farewell = asyncio.create_task(self._connections.pop(who.session_id).close())
        self._farewells.add(farewell)
        farewell.add_done_callback(self._farewells.discard)
        if was_connected:
            self._tell(MediaDisconnected(**_of(who), node_id=self.node_id, reason=reason))

    def obey(self, room_id: UUID, seq: int, standings: Iterable[Standing], everyone: bool) -> None:
        """What the room says as of `seq`: of everyone in it, or only what changed since the seq before."""
        room = self.sessions.room(room_id, time.monotonic())
        if everyone:
            room.gate.tell_all(seq, standings)
        else:
            room.gate.tell_changes(seq, standings)
        self._obeyed(room)

    def obey_some(self, room_id: UUID, standings: Iterable[Standing]) -> None:
        """What is known of these seats; nothing is said about others."""
        room = self.sessions.room(room_id, time.monotonic())
        for standing in standings:
            room.gate.tell(standing)
        self._obeyed(room)

    def is_alive(self, room_id: UUID, user_id: UUID, seat: int, connection_no: int) -> bool:
        """Whether this very connection gave a sign of life in the last 10 s."""
        room = self.sessions.rooms.get(room_id)
        who = room.participants.get(user_id) if room else None
        if who is None or who.precedence != (seat, connection_no) or who.listener.address is None:
            return False
        return time.monotonic() - who.last_heard <= ALIVE_SECONDS

    def receive(self, datagram: bytes, address: Address) -> None:
        """Everything that comes in on the socket."""
        outcome = self.ingress.receive(datagram, address, time.monotonic())
        match outcome:
            case None:
                pass
            case Forward():
                self._plane.forward(outcome)
            case Reply():
                self._udp.send(outcome.datagram, outcome.address)
            case Handshake():
                self._connections[outcome.who.session_id].feed(outcome.datagram)
            case _:
                assert_never(outcome)

    async def shut_down(self) -> None:
        """Say goodbye to everyone, so that nobody has to find out by silence."""
        for who in self.sessions:
            self.end(who, "draining")
        if self._farewells:
            await asyncio.wait(self._farewells)

    def _obeyed(self, room: Room) -> None:
        for who in room.obey(time.monotonic()):
            self.end(who, "left")

    def _begin(self, who: Participant, fingerprints: Sequence[RTCDtlsFingerprint]) -> None:
        def send(record: bytes) -> None:
            if who.listener.address:
                self._udp.send(record, who.listener.address)

        self.sessions.add(who)
        self._routes.add(who)
        self._connections[who.session_id] = Connection(
            send,
            self._certificate,
            fingerprints,
            hello_seconds=self.silence_seconds,
            on_keys=lambda srtp: self._connected(who, srtp),
            on_end=lambda: self.end(who, "closed"),
        )

    def _connected(self, who: Participant, srtp: Srtp) -> None:
        self.sessions.rooms[who.room_id].connect(who, srtp)
        who.report_due = time.monotonic() + reports.EVERY_SECONDS
        self._tell(MediaConnected(**_of(who), node_id=self.node_id))

    def _answer(self, wanted: offer.Offer, room: Room, who: Participant, from_loopback: bool) -> str:
        transport = answer.Transport(
            ufrag=who.ice.local_ufrag,
            password=who.ice.local_password,
            fingerprint=self._certificate.fingerprint,
            candidates=candidates(self._reachable(from_loopback), self._udp.port),
        )
        return answer.write(wanted, [stream.ssrc for stream in room.streams], transport, self._random_bits(62))


def _of(who: Participant) -> dict[str, UUID | int]:
    return {
        "room_id": who.room_id,
        "user_id": who.user_id,
        "seat": who.seat,
        "connection_no": who.connection_no,
    }
