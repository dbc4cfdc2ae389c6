"""What waits to be sent to one client: facts are gathered, passing states follow them. Pure, and bounded."""

from typing import Any
from uuid import UUID

from contracts.base import Envelope
from contracts.cloudevents import UnknownType, to_json
from contracts.room_snapshot import RoomSnapshot
from contracts.rooms import RoomFact
from contracts.visibility import visible

MOST_WAITING = 2000
Message = dict[str, Any]


class Outbox:
    """For one viewer. `full` means that the client is too slow: it is closed, never buffered without end."""

    def __init__(self, viewer_id: UUID, most: int = MOST_WAITING) -> None:
        self._viewer_id, self._most = viewer_id, most
        self._facts: list[Message] = []
        self._passing: list[Message] = []
        self._seq: int | None = None  # the last fact covered, also one that this viewer may not see

    @property
    def full(self) -> bool:
        return len(self._facts) + len(self._passing) > self._most

    @property
    def empty(self) -> bool:
        return self._seq is None and not self._passing

    def add_fact(self, fact: Envelope[RoomFact] | UnknownType, room: RoomSnapshot) -> None:
        """`room` as it is with the fact: a viewer's role may have changed by it."""
        if isinstance(fact, UnknownType):
            self._seq = fact.version or self._seq
            return
        if visible(fact.fact, self._viewer_id, room.role_of(self._viewer_id)):
            self._facts.append(to_json(fact))
        self._seq = fact.seq

    def add(self, message: Message) -> None:
        """A passing state: it has no place in the order of facts."""
        self._passing.append(message)

    def take(self) -> list[Message]:
        """Everything that waits, as messages to send."""
        messages = []
        if self._seq is not None:
            messages.append({"type": "facts", "facts": self._facts, "seq": self._seq})
        messages += self._passing
        self._facts, self._passing, self._seq = [], [], None
        return messages
