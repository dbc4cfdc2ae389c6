"""While the log does not reach us: rooms itself is asked every second, so that moderation works within 2 s.

Kafka may be away, or rooms' relay, or only be late: whichever it is, rooms knows a version that we do not.
"""

import asyncio
from uuid import UUID

import httpx
import structlog

from contracts.room_snapshot import RoomSnapshot
from services.signalling.feeds import Feeds
from services.signalling.neighbours.media import Media
from services.signalling.neighbours.rooms import Rooms
from services.signalling.nodes import Nodes
from services.signalling.store import SignalStore

log = structlog.get_logger()
POLL_SECONDS = 1.0
ON_ITS_WAY_SECONDS = 0.3  # what the log still brings in this time needs no asking


class Fallback:
    """One question a second for all rooms served here; more only for those of which the log is late."""

    def __init__(self, rooms: Rooms, feeds: Feeds, media: Media, nodes: Nodes, store: SignalStore) -> None:
        self._rooms, self._feeds, self._media, self._nodes, self._store = rooms, feeds, media, nodes, store
        self._untold: set[UUID] = set()  # rooms whose media node has not been told yet
        self._trouble = False

    async def poll(self) -> None:
        """Once."""
        try:
            late = await self._late()
            await asyncio.gather(*(self._feeds.catch_up(room_id) for room_id in late))
            self._untold |= late
            await asyncio.gather(*(self._tell(room_id) for room_id in self._untold))
            self._trouble = False
        except httpx.HTTPError as error:
            if not self._trouble:  # once, not every second
                log.warning("rooms or media cannot be asked", error=repr(error))
            self._trouble = True

    async def _late(self) -> set[UUID]:
        """The rooms about which rooms knew more than we do, and the log did not bring it."""
        served = self._feeds.served()
        heads = await self._rooms.heads(list(served)) if served else {}
        if any(heads[room_id] > seq for room_id, seq in served.items() if room_id in heads):
            await asyncio.sleep(ON_ITS_WAY_SECONDS)
        return behind(self._feeds.served(), heads)

    async def _tell(self, room_id: UUID) -> None:
        """The node is behind like us: it hears from us who may speak."""
        room = self._feeds.get(room_id)
        if room:
            await self._tell_node(room)
        self._untold.discard(room_id)

    async def _tell_node(self, room: RoomSnapshot) -> None:
        lines, _ = await self._store.state(room.id)
        node = self._nodes.get(lines.node_id)
        if node:
            await self._media.tell(node.url, room)


def behind(known: dict[UUID, int], heads: dict[UUID, int]) -> set[UUID]:
    """The rooms of which the owner knows a greater version."""
    return {room_id for room_id, seq in known.items() if heads.get(room_id, 0) > seq}
