"""How this node says that it is alive, and how it is: every 2 s, on `media.nodes.v1`."""

import time
from uuid import UUID

from contracts.media import NodeBeat
from services.media.engine.room import Tell
from services.media.engine.sessions import Sessions
from services.media.plane import Plane

EVERY_SECONDS = 2.0


class Beats:
    """Each beat tells the load since the one before: CPU seconds of this process and packets sent, a second."""

    def __init__(self, node_id: UUID, name: str, url: str, sessions: Sessions, plane: Plane, tell: Tell) -> None:
        self._node_id, self._name, self._url = node_id, name, url
        self._sessions, self._plane, self._tell = sessions, plane, tell
        self._before = time.monotonic(), time.process_time(), plane.sent

    async def beat(self) -> None:
        self.tell(draining=False)

    def tell(self, draining: bool) -> None:
        at, cpu, sent = time.monotonic(), time.process_time(), self._plane.sent
        at_before, cpu_before, sent_before = self._before
        elapsed = max(at - at_before, 1e-3)
        self._before = at, cpu, sent
        self._tell(
            NodeBeat(
                node_id=self._node_id,
                name=self._name,
                url=self._url,
                sessions=len(self._sessions),
                rooms=sum(bool(room.participants) for room in self._sessions.rooms.values()),
                load=min(1.0, (cpu - cpu_before) / elapsed),
                packets_per_second=(sent - sent_before) / elapsed,
                draining=draining,
            )
        )
