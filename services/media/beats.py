"""How this node says that it is alive, and how it is: every 2 s, on `media.nodes.v1`."""

import time
from collections.abc import Sequence

from contracts.media import NodeBeat
from services.kit.health import Check
from services.media.loops import Loop
from services.media.node import MediaNode, Tell

EVERY_SECONDS = 2.0


class Beats:
    """Each beat tells the load since the one before: of the busiest core, and packets sent, a second."""

    def __init__(self, node: MediaNode, name: str, url: str, loops: Sequence[Loop], tell: Tell) -> None:
        self._node, self._name, self._url = node, name, url
        self._loops, self._tell = loops, tell
        self._before = self._used()
        self.newest = self._told(draining=False)

    async def beat(self) -> None:
        self.tell(draining=False)

    def tell(self, draining: bool) -> None:
        self.newest = self._told(draining)
        self._tell(self.newest)

    async def sound(self) -> Check:
        """For `/readyz`: which loop runs, and how busy it is."""
        ports = ", ".join(str(loop.port) for loop in self._loops)
        how_much = {
            f"{self.newest.loop} loops": float(self.newest.loops),
            "sessions": float(self.newest.sessions),
            "packets/s": round(self.newest.packets_per_second),
            "% of a core": round(self.newest.load * 100, 1),
        }
        return Check(True, f"UDP ports {ports}", how_much)

    def _told(self, draining: bool) -> NodeBeat:
        before, self._before = self._before, self._used()
        at, sent, *cpu = (now - then for now, then in zip(self._before, before, strict=True))
        elapsed = max(at, 1e-3)
        return NodeBeat(
            node_id=self._node.node_id,
            name=self._name,
            url=self._url,
            sessions=len(self._node.sessions),
            rooms=sum(bool(room.participants) for room in self._node.sessions.rooms.values()),
            load=min(1.0, max(cpu) / elapsed),
            packets_per_second=sent / elapsed,
            draining=draining,
            loop=self._loops[0].name,
            loops=len(self._loops),
            places=self._node.places,
        )

    def _used(self) -> tuple[float, ...]:
        """Now, packets sent, and CPU seconds: of what asyncio's thread and others did, then of each loop's own."""
        loops = [loop.cpu_seconds for loop in self._loops]
        sent = sum(loop.plane.counts.get("sent", 0) for loop in self._loops)
        return time.monotonic(), sent, time.process_time() - sum(loops), *loops
