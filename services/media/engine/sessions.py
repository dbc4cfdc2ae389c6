"""The rooms on this node and the sessions in them: one a person and room, the newest one."""

from collections.abc import Iterator
from uuid import UUID

from services.media.engine.participant import Participant
from services.media.engine.room import RandomBits, Room, Tell

KEPT_SECONDS = 90.0  # a room nobody is in: its seats' standings may come before the offer they decide


class Superseded(Exception):
    """A newer connection of the same person has this place."""


class Sessions:
    def __init__(self, random_bits: RandomBits, tell: Tell) -> None:
        self.rooms: dict[UUID, Room] = {}
        self._by_id: dict[UUID, Participant] = {}
        self._newest: dict[tuple[UUID, UUID], tuple[int, int]] = {}  # (room, user): precedence
        self._empty_since: dict[UUID, float] = {}
        self._random_bits = random_bits
        self._tell = tell

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Participant]:
        return iter(list(self._by_id.values()))

    def get(self, session_id: UUID) -> Participant | None:
        return self._by_id.get(session_id)

    def room(self, room_id: UUID, now: float) -> Room:
        """The room, made when it is not there; it stays 90 s beyond its last session."""
        if room_id not in self.rooms:
            self.rooms[room_id] = Room(room_id, self._random_bits, self._tell)
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
        self._by_id[who.session_id] = who
        self._newest[who.room_id, who.user_id] = who.precedence
        self._empty_since.pop(who.room_id, None)

    def remove(self, who: Participant, now: float) -> bool:
        """False when it is gone already."""
        if self._by_id.pop(who.session_id, None) is None:
            return False
        room = self.rooms[who.room_id]
        room.leave(who, now)
        if not room.participants:
            self._empty_since[room.id] = now
        return True

    def forget_empty(self, now: float) -> list[UUID]:
        """Drop the rooms that nobody has been in for 90 s; which ones."""
        gone = [room for room, since in self._empty_since.items() if now - since > KEPT_SECONDS]
        for room_id in gone:
            del self._empty_since[room_id], self.rooms[room_id]
        if gone:
            self._newest = {key: value for key, value in self._newest.items() if key[0] in self.rooms}
        return gone
