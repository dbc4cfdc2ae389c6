"""While Kafka is away: signalling polls the rooms it serves, so that moderation works within 2 s."""

from datetime import timedelta

from contracts.room_snapshot import RoomSnapshot
from services.signalling.feeds import Feeds
from services.signalling.neighbours import Media
from services.signalling.nodes import Nodes
from services.signalling.store import SignalStore

POLL_SECONDS = 1.0
SILENCE = timedelta(seconds=5)  # nodes beat every 2 s on Kafka: not hearing any means that facts do not come either


class Fallback:
    def __init__(self, feeds: Feeds, media: Media, nodes: Nodes, store: SignalStore) -> None:
        self._feeds, self._media, self._nodes, self._store = feeds, media, nodes, store

    async def poll(self) -> None:
        """Once: nothing while the bus speaks. Raises httpx.HTTPError when rooms or media do not answer."""
        if not self._nodes.silent_for(SILENCE):
            return
        for room_id in self._feeds.served():
            before = self._feeds.get(room_id)
            room = await self._feeds.catch_up(room_id)
            if room and before and room.seq > before.seq:
                await self._tell_media(room)

    async def _tell_media(self, room: RoomSnapshot) -> None:
        lines, _ = await self._store.state(room.id)
        node = self._nodes.get(lines.node_id)
        if node:
            await self._media.tell(node.url, room)
