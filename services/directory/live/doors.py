"""What a hallway that has just been opened is told, so that what comes afterwards makes sense."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi.sse import format_sse_event

from services.directory.live.hallway import LiveHallway
from services.directory.live.subscription import Subscription
from services.directory.live.subscriptions import Subscriptions, said
from services.directory.live.voices import Voices
from services.directory.queries import rooms
from services.directory.queries.listing import Filter
from services.directory.shapes.rooms import CardShape, Gone
from services.kit.database import Database

FIRST_PAGE = 100  # cards


class LiveDoors:
    def __init__(self, database: Database, live: LiveHallway, voices: Voices, subscriptions: Subscriptions) -> None:
        self._database, self._live, self._voices, self._subscriptions = database, live, voices, subscriptions

    @contextmanager
    def subscribed(self, subscription: Subscription) -> Iterator[None]:
        """From now on nothing is missed."""
        self._subscriptions.add(subscription)
        try:
            yield
        finally:
            self._subscriptions.remove(subscription)

    def change(self, subscription: Subscription, wanted: Filter) -> None:
        self._subscriptions.change(subscription, wanted)

    async def at_first(self, wanted: Filter, event_id: str | None) -> bytes:
        """What was missed since `event_id`; when that cannot be said, `reset` and the first page. Then who talks."""
        missed, as_of = self._live.missed(event_id), self._live.last_id
        if missed is None:
            return await self._first_page(wanted, as_of) + self._voices.at_first(wanted)
        return said(missed, wanted) + self._out_of_sight(wanted) + self._voices.at_first(wanted)

    async def _first_page(self, wanted: Filter, as_of: str) -> bytes:
        """The id comes with the last block: a page that broke off half-way is no place to go on from."""
        page = await rooms.page(self._database, wanted, FIRST_PAGE)
        cards = [("card", CardShape.model_validate(card).model_dump_json()) for card in page.rooms]
        *most, last = [("reset", "{}"), *cards]
        blocks = [format_sse_event(event=event, data_str=json) for event, json in most]
        return b"".join([*blocks, format_sse_event(event=last[0], data_str=last[1], id=as_of)])

    def _out_of_sight(self, wanted: Filter) -> bytes:
        """Rooms of those whom the viewer blocked, or who blocked them, while the stream was away."""
        gone = [
            Gone(id=id_, seq=room.seq).model_dump_json()
            for id_, room in (self._live.rooms.items() if wanted.blocked else ())
            if room.host_id in wanted.blocked and room.insiders is None
        ]
        return b"".join(format_sse_event(event="gone", data_str=json) for json in gone)
