"""The media nodes that can be reached, as they say themselves every 2 s."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contracts.base import Envelope
from contracts.cloudevents import UnknownType
from contracts.media import MEDIA_FACTS, NodeBeat
from services.kit.offsets import Records
from services.kit.tail import read

DEAD_AFTER = timedelta(seconds=6)
FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Beat:
    node: NodeBeat
    at: datetime


def reachable(beats: Sequence[Beat], now: datetime) -> list[NodeBeat]:
    """The living. When nobody at all is heard the bus is away, not every node: then those of before count."""
    fresh = [beat.node for beat in beats if now - beat.at <= DEAD_AFTER]
    return fresh or [beat.node for beat in beats if now - beat.at <= FORGOTTEN_AFTER]


def least_loaded(nodes: Sequence[NodeBeat]) -> NodeBeat | None:
    """Of those that are not being drained; None when there is none."""
    able = [node for node in nodes if not node.draining]
    return min(able, key=lambda node: (node.load, node.sessions), default=None)


class Nodes:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._beats: dict[UUID, Beat] = {}

    async def heard(self, records: Records) -> None:
        """From the tail of `media.nodes.v1`, read from its beginning."""
        for each in read(records, MEDIA_FACTS):
            if not isinstance(each, UnknownType):
                self.note(each)

    def note(self, envelope: Envelope[object]) -> None:
        if isinstance(envelope.fact, NodeBeat):
            self._beats[envelope.fact.node_id] = Beat(envelope.fact, envelope.at)
            forgotten = self._clock() - FORGOTTEN_AFTER
            self._beats = {node: beat for node, beat in self._beats.items() if beat.at > forgotten}

    @property
    def reachable(self) -> list[NodeBeat]:
        return reachable(list(self._beats.values()), self._clock())

    def get(self, node_id: UUID | None) -> NodeBeat | None:
        """This node, if it can be reached."""
        return next((node for node in self.reachable if node.node_id == node_id), None)

    def choose(self) -> NodeBeat | None:
        return least_loaded(self.reachable)

    def silent_for(self, limit: timedelta) -> bool:
        """Nothing was heard from anybody for so long: facts do not come either."""
        now = self._clock()
        return all(now - beat.at > limit for beat in self._beats.values())
