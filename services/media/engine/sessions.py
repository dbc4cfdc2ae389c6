"""The rooms on this node and the sessions in them: one a person and room, the newest one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from services.media.engine.gate import Gate
from services.media.engine.numbers import Numbers
from services.media.engine.participant import Participant
from services.media.engine.plane import StreamStart
from services.media.engine.slots import SLOTS

RandomBits = Callable[[int], int]
KEPT_SECONDS = 90.0  # a room nobody is in: its seats' standings may come before the offer they decide


class Superseded(Exception):
    """A newer connection of the same person has this place."""


@dataclass(frozen=True)
class RoomHere:
    """A room on this node: who has a session in it, and what was said of them."""

    id: UUID
    loop: int  # which of the node's loops carries its sound
    number: int  # what the plane calls it
    reporter: int  # the SSRC of its receiver reports
    streams: tuple[StreamStart, ...]  # of its slots
    gate: Gate = field(default_factory=Gate)
    participants: dict[UUID, Participant] = field(default_factory=dict)  # by user

    def told_otherwise(self) -> list[Participant]:
        """Those of whom the gate says something else than the plane was told; now it counts as told."""
        changed = [who for who in self.participants.values() if who.heard != self.gate.heard(who.seat)]
        for who in changed:
            who.heard = not who.heard
        return changed

    def gone(self) -> list[Participant]:
        """Those who are not in the room any more; their sessions must end."""
        return [who for who in self.participants.values() if self.gate.out(who.seat)]


class Sessions:
    def __init__(self, random_bits: RandomBits, loops: int = 1) -> None:
        self.rooms: dict[UUID, RoomHere] = {}
        self.numbers = Numbers()
        self._room_numbers = Numbers()
        self._by_id: dict[UUID, Participant] = {}
        self._by_number: dict[int, Participant] = {}
        self._newest: dict[tuple[UUID, UUID], tuple[int, int]] = {}  # (room, user): precedence
        self._empty_since: dict[UUID, float] = {}
        self._random_bits, self._loops = random_bits, loops
        self.joining = 0  # how many whose encryption does not stand yet

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Participant]:
        return iter(list(self._by_id.values()))

    def get(self, session_id: UUID) -> Participant | None:
        return self._by_id.get(session_id)

    def numbered(self, number: int) -> Participant | None:
        return self._by_number.get(number)

    def room(self, room_id: UUID, now: float) -> RoomHere:
        """The room, made when it is not there; it stays 90 s beyond its last session."""
        if room_id not in self.rooms:
            self.rooms[room_id] = self._new_room(room_id)
            self._empty_since[room_id] = now
        return self.rooms[room_id]

    def standing_in_the_way(self, room_id: UUID, user_id: UUID, precedence: tuple[int, int]) -> Participant | None:
        """The session that a new one of this precedence replaces.

        Raises `Superseded` when a greater one was here. An equal one replaces: the same page makes a new connection.
        """
        if self._newest.get((room_id, user_id), precedence) > precedence:
            raise Superseded
        room = self.rooms.get(room_id)
        return room.participants.get(user_id) if room else None

    def add(self, who: Participant) -> None:
        """Seat `who` in its room, which exists and has no other session of that person."""
        self.rooms[who.room_id].participants[who.user_id] = who
        self._by_id[who.session_id] = self._by_number[who.number] = who
        self._newest[who.room_id, who.user_id] = who.precedence
        self._empty_since.pop(who.room_id, None)
        self.joining += 1

    def connected(self, who: Participant) -> bool:
        """Encryption stands. False when the session has ended."""
        if who.session_id not in self._by_id:
            return False
        self.joining -= 1
        who.connected = True
        return True

    def remove(self, who: Participant, now: float) -> bool:
        """False when it is gone already."""
        if self._by_id.pop(who.session_id, None) is None:
            return False
        del self._by_number[who.number]
        self.joining -= not who.connected
        room = self.rooms[who.room_id]
        if room.participants.get(who.user_id) is who:
            del room.participants[who.user_id]
        if not room.participants:
            self._empty_since[room.id] = now
        return True

    def forget_empty(self, now: float) -> list[RoomHere]:
        """Drop the rooms that nobody has been in for 90 s; which ones."""
        gone = [self.rooms[room] for room, since in self._empty_since.items() if now - since > KEPT_SECONDS]
        for room in gone:
            del self._empty_since[room.id], self.rooms[room.id]
            self._room_numbers.give_back(room.number)
        if gone:
            self._newest = {key: value for key, value in self._newest.items() if key[0] in self.rooms}
        return gone

    def _new_room(self, room_id: UUID) -> RoomHere:
        reporter, *ssrcs = _different(1 + SLOTS, self._random_bits)
        streams = (StreamStart(ssrc, self._random_bits(15), self._random_bits(32)) for ssrc in ssrcs)
        return RoomHere(room_id, self._idlest(), self._room_numbers.take(), reporter, tuple(streams))

    def _idlest(self) -> int:
        """The loop with the fewest sessions, and among equals with the fewest rooms: a room stays where it begins."""
        sessions, rooms = [0] * self._loops, [0] * self._loops
        for room in self.rooms.values():
            sessions[room.loop] += len(room.participants)
            rooms[room.loop] += 1
        return min(range(self._loops), key=lambda loop: (sessions[loop], rooms[loop]))


def _different(count: int, random_bits: RandomBits) -> list[int]:
    """SSRCs must differ within one RTP session (RFC 3550 section 8)."""
    drawn: list[int] = []
    while len(drawn) < count:
        ssrc = random_bits(32)
        if ssrc not in drawn:
            drawn.append(ssrc)
    return drawn
