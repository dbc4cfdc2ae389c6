"""Lets open hallways know who talks, once a second at most."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi.sse import format_sse_event

from contracts.cloudevents import UnknownType
from contracts.media import MEDIA_FACTS
from services.directory.live.subscriptions import Subscriptions, said
from services.directory.live.talking import Talking
from services.directory.queries.listing import Filter, Listing
from services.directory.shapes.rooms import Talking as TalkingShape
from services.kit.offsets import Records
from services.kit.tail import read

PAUSE_SECONDS = 1.0


@dataclass(frozen=True)
class Talk:
    room: Listing
    block: bytes

    @property
    def rooms(self) -> tuple[Listing, ...]:
        return (self.room,)

    def block_for(self, wanted: Filter) -> bytes | None:
        return self.block if wanted.takes(self.room) else None


class Voices:
    def __init__(self, rooms: Mapping[UUID, Listing], subscriptions: Subscriptions) -> None:
        """`rooms`: how they are listed, kept up to date by whoever hands it in; of others nothing is said."""
        self._rooms, self._subscriptions, self._talking = rooms, subscriptions, Talking()

    async def heard(self, records: Records) -> None:
        """Measurements from the bus."""
        now = time.monotonic()
        for each in read(records, MEDIA_FACTS):
            if not isinstance(each, UnknownType):
                self._talking.hear(each.fact, now)

    async def run(self) -> None:
        """Tell what changed, until cancelled."""
        while True:
            await asyncio.sleep(PAUSE_SECONDS)
            self._subscriptions.tell(self._talks(self._talking.news(self._rooms, time.monotonic())))

    def at_first(self, wanted: Filter) -> bytes:
        """Who talks now, for somebody who has just come: in all other rooms nobody does."""
        return said(self._talks(self._talking.told), wanted)

    def _talks(self, news: Mapping[UUID, tuple[UUID, ...]]) -> list[Talk]:
        return [Talk(self._rooms[room], _block(room, users)) for room, users in news.items() if room in self._rooms]


def _block(room: UUID, users: tuple[UUID, ...]) -> bytes:
    """Without an id: it is no place to go on from."""
    shape = TalkingShape(room_id=room, user_ids=list(users))
    return format_sse_event(event="talking", data_str=shape.model_dump_json())
