"""A media node: sessions begin and end here, and who may be heard is learned here. The datagrams are the plane's."""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, assert_never
from uuid import UUID

from contracts.media import MediaConnected, MediaDisconnected, MediaFact
from services.kit.ids import NewId
from services.media import facts
from services.media.admission import Limits
from services.media.connections import Connections
from services.media.engine import answer, fragment, offer
from services.media.engine.candidates import Candidate, IPAddress, candidates
from services.media.engine.gate import Standing
from services.media.engine.participant import Participant
from services.media.engine.plane import Event, Plane, Quality, Record, Silent, Started, Stopped
from services.media.engine.sessions import RandomBits, RoomHere, Sessions
from services.media.joining import Joining, NotInRoom, participant, terms
from services.media.loops import Loop
from services.media.restarting import Ended, Restart, renewed
from services.media.srtp import SrtpSessions

ALIVE_SECONDS = 10.0
Reason = Literal["closed", "silent", "superseded", "left", "draining"]
Reachable = Callable[[bool], Sequence[IPAddress]]  # best first; the argument: a page from a loopback host
Tell = Callable[[MediaFact], None]


class MediaNode:
    """Every call is made in the event loop's thread. `tell` takes measurements."""

    def __init__(
        self,
        node_id: UUID,
        loops: Sequence[Loop],
        reachable: Reachable,
        tell: Tell,
        new_id: NewId,
        random_bits: RandomBits,
        limits: Limits,
    ) -> None:
        self.node_id = node_id
        self.sessions = Sessions(random_bits, len(loops))
        self._loops, self._reachable = loops, reachable
        self._tell, self._new_id, self._random_bits = tell, new_id, random_bits
        self._limits = limits
        self._connections = Connections(limits.silence_seconds, self._connected, lambda who: self.end(who, "closed"))

    @property
    def places(self) -> int:
        """How many sessions more it takes."""
        return self._limits.places(len(self.sessions))

    def open(self, joining: Joining) -> tuple[Participant, str]:
        """A session for this offer, and the answer.

        Raises `sessions.Superseded`, `NodeFull`, `offer.InvalidSdp`, `offer.UnacceptableOffer`, `NotInRoom`.
        """
        precedence = joining.standing.seat, joining.connection_no
        former = self.sessions.standing_in_the_way(joining.room_id, joining.user_id, precedence)
        if former is None:
            self._limits.admit(len(self.sessions), self.sessions.joining)
        wanted = offer.parse(joining.offer)
        room = self._room(joining.room_id)
        room.gate.tell(joining.standing)
        if room.gate.out(joining.standing.seat):
            raise NotInRoom
        if former:
            self.end(former, "superseded")
        who = participant(joining, self.sessions.numbers.take(), wanted, self._new_id, self._random_bits)
        self._begin(room, who, wanted)
        return who, self._answer(wanted, room, who, joining.from_loopback)

    def restart(self, session_id: UUID, restart: Restart) -> tuple[Participant, str | None]:
        """The session and the fragment that answers; None when there is nothing to answer. Sound goes on meanwhile.

        Raises `Ended`, `offer.InvalidSdp`, `restarting.Stale`.
        """
        who = self.sessions.get(session_id)
        if who is None:
            raise Ended
        ice = renewed(who, restart, self._random_bits)
        if ice is None:
            return who, None
        who.ice, room = ice, self.sessions.rooms[who.room_id]
        self._plane(room).renew(who.number, ice)
        return who, fragment.write(who.mid, ice, self._candidates(room, restart.from_loopback))

    def close(self, session_id: UUID, reason: Reason) -> None:
        """End a session; one that is not there is ended already."""
        who = self.sessions.get(session_id)
        if who:
            self.end(who, reason)

    def end(self, who: Participant, reason: Reason) -> None:
        now = time.monotonic()
        if not self.sessions.remove(who, now):
            return
        plane = self._plane(self.sessions.rooms[who.room_id])
        plane.silence(who.number, now)
        self._connections.end(who, lambda: self._forget(who, plane))
        if who.connected:
            self._tell(MediaDisconnected(**facts.of(who), node_id=self.node_id, reason=reason))

    def obey(self, room_id: UUID, seq: int, standings: Iterable[Standing], everyone: bool) -> None:
        """What the room says as of `seq`: of everyone in it, or only what changed since the seq before."""
        room = self._room(room_id)
        if everyone:
            room.gate.tell_all(seq, standings)
        else:
            room.gate.tell_changes(seq, standings)
        self._obeyed(room)

    def obey_some(self, room_id: UUID, standings: Iterable[Standing]) -> None:
        """What is known of these seats; nothing is said about others."""
        room = self._room(room_id)
        for standing in standings:
            room.gate.tell(standing)
        self._obeyed(room)

    def is_alive(self, room_id: UUID, user_id: UUID, seat: int, connection_no: int) -> bool:
        """Whether this very connection gave a sign of life in the last 10 s."""
        room = self.sessions.rooms.get(room_id)
        who = room.participants.get(user_id) if room else None
        if room is None or who is None or who.precedence != (seat, connection_no):
            return False
        heard_at = self._plane(room).heard_at(who.number)
        return heard_at is not None and time.monotonic() - heard_at <= ALIVE_SECONDS

    def happened(self, event: Event) -> None:
        """What a plane tells."""
        who = self.sessions.numbered(event.session)
        if who is None:
            return
        match event:
            case Record():
                self._connections.feed(who, event.datagram)
            case Silent():
                self.end(who, "silent")
            case Started() | Stopped() | Quality():
                self._tell(facts.told(event, who, self.node_id))
            case _:
                assert_never(event)

    def forget_empty(self) -> list[UUID]:
        """Drop the rooms that nobody has been in for 90 s; which ones."""
        gone = self.sessions.forget_empty(time.monotonic())
        for room in gone:
            self._plane(room).close(room.number)
        return [room.id for room in gone]

    async def shut_down(self) -> None:
        """Say goodbye to everyone, so that nobody has to find out by silence."""
        for who in self.sessions:
            self.end(who, "draining")
        await self._connections.farewells()

    def _plane(self, room: RoomHere) -> Plane:
        return self._loops[room.loop].plane

    def _room(self, room_id: UUID) -> RoomHere:
        known = room_id in self.sessions.rooms
        room = self.sessions.room(room_id, time.monotonic())
        if not known:
            self._plane(room).open(room.number, room.reporter, room.streams)
        return room

    def _obeyed(self, room: RoomHere) -> None:
        now, plane = time.monotonic(), self._plane(room)
        for who in room.told_otherwise():
            plane.allow(who.number, who.heard, now)
        for who in room.gone():
            self.end(who, "left")

    def _begin(self, room: RoomHere, who: Participant, wanted: offer.Offer) -> None:
        plane = self._plane(room)
        self.sessions.add(who)
        plane.add(who.number, terms(room, who, wanted), time.monotonic())
        self._connections.begin(who, plane, wanted.fingerprints)
        self._obeyed(room)

    def _connected(self, who: Participant, srtp: SrtpSessions) -> None:
        if not self.sessions.connected(who):  # ended while this was on its way
            return
        self._plane(self.sessions.rooms[who.room_id]).connect(who.number, srtp, time.monotonic())
        self._tell(MediaConnected(**facts.of(who), node_id=self.node_id))

    def _forget(self, who: Participant, plane: Plane) -> None:
        """A goodbye goes to where they are, so the plane forgets that last."""
        plane.remove(who.number)
        self.sessions.numbers.give_back(who.number)

    def _answer(self, wanted: offer.Offer, room: RoomHere, who: Participant, from_loopback: bool) -> str:
        transport = answer.Transport(
            ufrag=who.ice.local_ufrag,
            password=who.ice.local_password,
            fingerprint=self._connections.fingerprint,
            candidates=self._candidates(room, from_loopback),
        )
        return answer.write(wanted, [stream.ssrc for stream in room.streams], transport, self._random_bits(62))

    def _candidates(self, room: RoomHere, from_loopback: bool) -> Sequence[Candidate]:
        return candidates(self._reachable(from_loopback), self._loops[room.loop].port)
