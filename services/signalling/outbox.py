"""What waits to be sent to one client: facts are gathered, passing states follow them. Pure, and bounded."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from contracts.base import Envelope
from contracts.cloudevents import UnknownType, to_json
from contracts.problems import Problem
from contracts.room_snapshot import RoomSnapshot
from contracts.rooms import RoomFact
from contracts.visibility import as_seen

MOST_WAITING = 2000
Message = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """A fact on its way to every socket of its room: its JSON is made once for all who see the same of it."""

    fact: Envelope[RoomFact] | UnknownType
    _shown: dict[RoomFact, Message] = field(default_factory=dict, compare=False, repr=False)

    @property
    def seq(self) -> int:
        return self.fact.version or 0

    def shown_to(self, viewer_id: UUID, room: RoomSnapshot) -> Message | None:
        """None when this viewer may not see it, and for a type not known here: it only counts."""
        if isinstance(self.fact, UnknownType):
            return None
        seen = as_seen(self.fact.fact, viewer_id, room.role_of(viewer_id))
        if seen is None:
            return None
        if seen not in self._shown:
            self._shown[seen] = to_json(self.fact.model_copy(update={"fact": seen}))
        return self._shown[seen]


class Outbox:
    """For one viewer. `full` means that the client is too slow: it is closed, never buffered without end."""

    def __init__(self, viewer_id: UUID, most: int = MOST_WAITING) -> None:
        self._viewer_id, self._most = viewer_id, most
        self._facts: list[Message] = []
        self._passing: dict[str, Message] = {}  # by person: only how they are now counts
        self._problem: Message | None = None
        self._seq: int | None = None  # the last fact covered, also one that this viewer may not see

    @property
    def full(self) -> bool:
        return len(self._facts) + len(self._passing) > self._most

    @property
    def empty(self) -> bool:
        return self._seq is None and not self._passing and not self._problem

    def add_fact(self, told: Told, room: RoomSnapshot) -> None:
        """`room` as it is with the fact: a viewer's role may have changed by it."""
        message = told.shown_to(self._viewer_id, room)
        if message is not None:
            self._facts.append(message)
        self._seq = told.seq

    def add_state(self, state: Message) -> None:
        """A passing state of someone (`user_id`, `line`, `microphone`): it has no place in the order of facts."""
        self._passing[state["user_id"]] = {"type": "presence", **state}

    def add_problem(self, problem: Problem) -> None:
        """Something that the client sent was not understood. Only the last one counts."""
        self._problem = {"type": "problem", "code": problem.code, "message": problem.message}

    def take(self) -> list[Message]:
        """Everything that waits, as messages to send."""
        messages: list[Message] = []
        if self._seq is not None:
            messages.append({"type": "facts", "facts": self._facts, "seq": self._seq})
        messages += self._passing.values()
        messages += [self._problem] if self._problem else []
        self._facts, self._passing, self._seq, self._problem = [], {}, None, None
        return messages
