"""Something about a room that is said to whoever is shown it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from services.directory.queries.listing import Filter, Listing


class News(Protocol):
    """`rooms` are how the room is or was listed: they say for whom this differs from what a stranger is told."""

    @property
    def rooms(self) -> tuple[Listing, ...]: ...

    def block_for(self, wanted: Filter) -> bytes | None:
        """What goes over the wire to this viewer, if anything."""


@dataclass(frozen=True)
class Concerned:
    """Whom some news concerns personally: who may know of private rooms, and who are hosts that may be blocked."""

    insiders: frozenset[UUID]
    hosts: frozenset[UUID]

    @classmethod
    def by(cls, news: Iterable[News]) -> "Concerned":
        rooms = [room for each in news for room in each.rooms]
        insiders = frozenset(user for room in rooms for user in room.insiders or ())
        return cls(insiders, frozenset(room.host_id for room in rooms if room.host_id))

    def includes(self, wanted: Filter) -> bool:
        return wanted.viewer_id in self.insiders or not wanted.blocked.isdisjoint(self.hosts)
