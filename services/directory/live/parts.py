"""The live hallway, put together: what it reads, what it does all the time, what it says of its health."""

import secrets
from collections.abc import Coroutine
from typing import Any

from contracts.kafka import MEDIA_EVENTS, ROOM_EVENTS, USER_EVENTS
from services.directory.live.blocks import Blocks
from services.directory.live.doors import LiveDoors
from services.directory.live.hallway import LiveHallway
from services.directory.live.ring import Ring
from services.directory.live.subscriptions import Subscriptions
from services.directory.live.voices import Voices
from services.kit.database import Database
from services.kit.health import Probe
from services.kit.tail import Tail


class LiveParts:
    def __init__(self, database: Database, kafka: str, tick_ms: int) -> None:
        self._subscriptions = Subscriptions()
        self._hallway = LiveHallway(database, Ring(secrets.token_hex(8)), self._subscriptions, tick_ms)
        self._voices = Voices(self._hallway.rooms, self._subscriptions)
        self._rooms, self._media, self._people = (
            Tail(kafka, topic) for topic in (ROOM_EVENTS, MEDIA_EVENTS, USER_EVENTS)
        )
        self.doors = LiveDoors(database, self._hallway, self._voices, self._subscriptions)

    async def load(self) -> None:
        await self._hallway.load()

    def work(self) -> tuple[Coroutine[Any, Any, None], ...]:
        """To be run as long as the process lives."""
        blocks = Blocks(self._subscriptions)
        following = self._rooms.run(self._hallway.heard), self._media.run(self._voices.heard)
        return *following, self._people.run(blocks.heard), self._hallway.run(), self._voices.run()

    @property
    def probes(self) -> dict[str, Probe]:
        return {
            "room.events.v1": self._rooms.health,
            "live hallway": self._hallway.health,
            "live voices": self._media.health,
            "live blocks": self._people.health,
        }

    def close(self) -> None:
        """End every stream: the process is about to stop."""
        self._subscriptions.close()
