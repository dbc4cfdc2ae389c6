"""Who talks in which room, as media measured it. Pure: facts and the time go in.

Measurements are best effort: one that got lost must not let somebody talk for ever. So nobody does for longer than
five minutes without a pause, and whoever connects anew begins silent: their node may have died. What is not known is
not shown.
"""

from collections.abc import Container, Mapping
from typing import assert_never
from uuid import UUID

from contracts.media import (
    MediaConnected,
    MediaDisconnected,
    MediaFact,
    MediaQuality,
    NodeBeat,
    SpeakingStarted,
    SpeakingStopped,
)

SHOWN = 3
LONGEST_SECONDS = 300.0


class Talking:
    def __init__(self) -> None:
        self._since: dict[UUID, dict[UUID, float]] = {}  # room: person: since when, in order
        self._told: dict[UUID, tuple[UUID, ...]] = {}
        self._touched: set[UUID] = set()

    def hear(self, fact: MediaFact, now: float) -> None:
        """`now` is monotonic, in seconds."""
        match fact:
            case SpeakingStarted(room_id=room, user_id=user):
                self._since.setdefault(room, {}).setdefault(user, now)
                self._touched.add(room)
            case SpeakingStopped() | MediaConnected() | MediaDisconnected():
                self._stop(fact.room_id, fact.user_id)
            case NodeBeat() | MediaQuality():
                pass  # says nothing about who talks
            case _:
                assert_never(fact)

    def news(self, rooms: Container[UUID], now: float) -> dict[UUID, tuple[UUID, ...]]:
        """Where others talk than was told the last time, and who: at most three, in the order they began.

        Only of these rooms, whose doors are there; of one that is not there yet it is said once it is.
        """
        self._forget_the_longest(now)
        touched, self._touched = self._touched, set()
        news = {}
        for room in touched:
            users = self.of(room)
            if room not in rooms:
                self._told.pop(room, None)
                self._touched |= {room} if users else set()
            elif users != self._told.pop(room, ()):
                news[room] = users
            if users and room in rooms:
                self._told[room] = users
        return news

    @property
    def told(self) -> Mapping[UUID, tuple[UUID, ...]]:
        """Who talks, as it was told: what somebody has to know who comes now."""
        return self._told

    def of(self, room: UUID) -> tuple[UUID, ...]:
        return tuple(self._since.get(room, ()))[:SHOWN]

    def _stop(self, room: UUID, user: UUID) -> None:
        talking = self._since.get(room, {})
        if talking.pop(user, None) is not None:
            self._touched.add(room)
        if not talking:
            self._since.pop(room, None)

    def _forget_the_longest(self, now: float) -> None:
        late = [
            (room, user)
            for room, talking in self._since.items()
            for user, since in talking.items()
            if now - since > LONGEST_SECONDS
        ]
        for room, user in late:
            self._stop(room, user)
