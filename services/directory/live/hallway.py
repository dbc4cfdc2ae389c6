"""Follows the rooms' facts, gathers which cards changed, and sends them once the read model has them."""

import asyncio
import time
from dataclasses import dataclass, replace
from uuid import UUID

import asyncpg
import structlog

from contracts.base import Envelope
from contracts.cloudevents import UnknownType
from contracts.rooms import ROOM_FACTS, RoomFact
from services.directory.live.ring import Change, Ring
from services.directory.live.subscriptions import Subscriptions
from services.directory.projections.fold import NOT_SHOWN, OF_INSIDERS
from services.directory.queries.listing import ENDED, Listing, listed, listings
from services.directory.queries.rooms import CardView, cards_of
from services.directory.shapes.rooms import CardShape, Gone
from services.kit.database import LOST, Database
from services.kit.health import Check
from services.kit.offsets import Records
from services.kit.tail import read

log = structlog.get_logger()
RETRY_SECONDS = 1.0
PATIENCE_SECONDS = 60.0  # for a card that does not come: its stream is parked, say


@dataclass(frozen=True)
class Awaited:
    seq: int  # the card has to be as of this fact
    since: float  # time.monotonic


class LiveHallway:
    def __init__(self, database: Database, ring: Ring, subscriptions: Subscriptions, tick_ms: int) -> None:
        self._database, self._ring, self._tick_seconds = database, ring, tick_ms / 1000
        self._subscriptions = subscriptions
        self.rooms: dict[UUID, Listing] = {}  # as they were last told, or stood at the start
        self._awaited: dict[UUID, Awaited] = {}
        self._news = asyncio.Event()
        self._running = False

    async def load(self) -> None:
        """How rooms are listed by now: for whoever is shown one, to be told when it leaves what they asked for."""
        self.rooms.update(await listed(self._database))

    async def heard(self, records: Records) -> None:
        """Facts from the bus: only which rooms changed, and how far."""
        for each in read(records, ROOM_FACTS):
            if each.version is None or not self._matters(each):
                continue
            before = self._awaited.get(each.stream)
            since = before.since if before else time.monotonic()
            self._awaited[each.stream] = Awaited(max(each.version, before.seq if before else 0), since)
        if self._awaited:
            self._news.set()

    async def run(self) -> None:
        """Send what changed, a tick at a time, until cancelled."""
        self._running = True
        try:
            while True:
                await self._news.wait()
                await asyncio.sleep(self._tick_seconds)
                await self._try_tick()
        finally:
            self._running = False

    async def health(self) -> Check:
        """`lag`: rooms whose card is still behind the bus, and how many streams are open."""
        lag: dict[str, float] = {"rooms": len(self._awaited), "streams": len(self._subscriptions)}
        return Check(self._running, "sending" if self._running else "ended: see the log", lag)

    def missed(self, event_id: str | None) -> list[Change] | None:
        """What came after this id; None when that is not known any more."""
        return self._ring.after(event_id)

    @property
    def last_id(self) -> str:
        return self._ring.last_id

    def _matters(self, each: Envelope[RoomFact] | UnknownType) -> bool:
        """Invitations do, once a room is private or may just have become so."""
        if isinstance(each, UnknownType):
            return True
        if not isinstance(each.fact, OF_INSIDERS):
            return not isinstance(each.fact, NOT_SHOWN)
        known = self.rooms.get(each.stream)
        return each.stream in self._awaited or known is None or known.insiders is not None

    async def _try_tick(self) -> None:
        try:
            await self._tick()
        except (*LOST, asyncpg.PostgresError, TimeoutError) as error:
            log.warning("the live hallway waits for the database", error=repr(error))
            await asyncio.sleep(RETRY_SECONDS)

    async def _tick(self) -> None:
        awaited = dict(self._awaited)
        cards = await cards_of(self._database, list(awaited))
        # Read last: what a card says goes to nobody who lost sight of the room meanwhile.
        rooms = await listings(self._database, list(awaited))
        come = [card for card in cards if card.seq >= awaited[card.id].seq]
        self._subscriptions.tell([self._change(card, rooms[card.id]) for card in come])
        for card in come:
            self._came(card)
        self._lose_patience()
        if not self._awaited:
            self._news.clear()

    def _came(self, card: CardView) -> None:
        later = self._awaited.pop(card.id)
        if later.seq > card.seq:  # more was heard meanwhile
            self._awaited[card.id] = Awaited(later.seq, time.monotonic())

    def _change(self, card: CardView, after: Listing) -> Change:
        before = self.rooms.pop(card.id, None) or _unheard_of(after)
        if after.state != ENDED:
            self.rooms[card.id] = after
        gone = Gone(id=card.id, seq=after.seq).model_dump_json()
        return self._ring.add(before, after, CardShape.model_validate(card).model_dump_json(), gone)

    def _lose_patience(self) -> None:
        oldest = time.monotonic() - PATIENCE_SECONDS
        late = [room for room, awaited in self._awaited.items() if awaited.since < oldest]
        for room in late:
            log.warning("a card did not come", room=str(room), seq=self._awaited.pop(room).seq)


def _unheard_of(after: Listing) -> Listing | None:
    """How a room may have been listed of which nothing was told yet: whoever has just come may hold its card, as it was
    a moment ago. Of a private one nothing is said to strangers.
    """
    if after.state == ENDED:
        return replace(after, state="live")
    return replace(after, host_id=None) if after.insiders is None else None
