"""The media nodes that can be reached, as they say themselves every 2 s."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from contracts.base import Envelope
from contracts.media import MediaFact, NodeBeat

DEAD_AFTER = timedelta(seconds=6)
FORGOTTEN_AFTER = timedelta(days=1)  # a bus that is away for longer takes the nodes with it


@dataclass(frozen=True)
class Beat:
    node: NodeBeat
    at: datetime
    failed_at: datetime | None = None  # nobody listened there, after this beat


def reachable(beats: Sequence[Beat], now: datetime) -> list[NodeBeat]:
    """The living. When nobody at all is heard the bus is away, not every node: then those of before count."""
    answering = [beat for beat in beats if beat.failed_at is None or now - beat.failed_at > DEAD_AFTER]
    fresh = [beat.node for beat in answering if now - beat.at <= DEAD_AFTER]
    if fresh or any(now - beat.at <= DEAD_AFTER for beat in beats):
        return fresh
    return [beat.node for beat in answering if now - beat.at <= FORGOTTEN_AFTER]


def least_loaded(nodes: Sequence[NodeBeat]) -> NodeBeat | None:
    """Of those that are not being drained; None when there is none. A full one comes last, and says so itself."""
    able = [node for node in nodes if not node.draining]
    return min(able, key=lambda node: (node.places == 0, node.load, node.sessions), default=None)


class Nodes:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.known = False  # whether every node that lives has been heard
        self._clock = clock
        self._beats: dict[UUID, Beat] = {}

    def note(self, envelope: Envelope[MediaFact]) -> None:
        """A beat, in the order of the log."""
        if not isinstance(envelope.fact, NodeBeat):
            return
        node_id, forgotten = envelope.fact.node_id, self._clock() - FORGOTTEN_AFTER
        before = self._beats.get(node_id)
        failed_at = before.failed_at if before and before.failed_at and before.failed_at > envelope.at else None
        self._beats[node_id] = Beat(envelope.fact, envelope.at, failed_at)
        self._beats = {node: beat for node, beat in self._beats.items() if beat.at > forgotten}

    def failed(self, node_id: UUID) -> None:
        """Nobody listens at its address: it is left alone until it beats again, or for 6 s."""
        if node_id in self._beats:
            self._beats[node_id] = replace(self._beats[node_id], failed_at=self._clock())

    @property
    def reachable(self) -> list[NodeBeat]:
        return reachable(list(self._beats.values()), self._clock())

    def get(self, node_id: UUID | None) -> NodeBeat | None:
        """This node, if it can be reached."""
        return next((node for node in self.reachable if node.node_id == node_id), None)

    def choose(self) -> NodeBeat | None:
        return least_loaded(self.reachable)
