"""The rooms that are served here, each followed fact by fact.

First the end of the log is fixed (the tail's `started`), then the owner is asked for the room, then only `seq + 1` is
applied; lower is dropped, and on a gap the owner is asked for what is missing.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from uuid import UUID
from weakref import WeakValueDictionary

import httpx
import structlog

from contracts.base import Envelope
from contracts.cloudevents import Poison, UnknownType
from contracts.room_fold import fold, skip
from contracts.room_snapshot import RoomSnapshot
from contracts.rooms import RoomFact
from services.signalling.neighbours.rooms import Rooms

log = structlog.get_logger()
ARRIVING_SECONDS = 30.0  # from asking for a room to sitting in it, with time to spare
START_SECONDS = 1.0  # without Kafka the tail starts late; then the owner says what was missed (fallback.py)
Fact = Envelope[RoomFact] | UnknownType
OnFact = Callable[[RoomSnapshot, Fact], None]  # the room as it is with the fact


def following(room: RoomSnapshot, fact: Fact) -> RoomSnapshot:
    """The room after a fact, also one of a type not known here; the same room when it was folded before.

    Raises ValueError on a gap, KeyError when the fact does not fit what we believe: the owner knows.
    """
    if not isinstance(fact, UnknownType):
        return fold(room, fact)
    if (fact.version or 0) > room.seq + 1:
        raise ValueError(f"room {room.id}: {fact.version} does not follow {room.seq}")
    return skip(room, fact.version or 0)


class Feeds:
    def __init__(
        self,
        rooms: Rooms,
        started: asyncio.Event,
        on_fact: OnFact,
        on_restart: Callable[[UUID], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`on_restart`: a room could only be learnt anew, so whoever follows it from here must begin anew, too."""
        self._rooms, self._started, self._on_fact, self._on_restart = rooms, started, on_fact, on_restart
        self._clock = clock
        self._snapshots: dict[UUID, RoomSnapshot] = {}
        self._asked_at: dict[UUID, float] = {}  # by those who arrive
        self._arriving: dict[UUID, list[Fact]] = {}  # facts that come while a room is being asked for
        self._asking: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    def get(self, room_id: UUID) -> RoomSnapshot | None:
        return self._snapshots.get(room_id)

    def served(self) -> dict[UUID, int]:
        """The seq of each room that is followed."""
        return {room_id: room.seq for room_id, room in self._snapshots.items()}

    def forget_unused(self, used: Collection[UUID]) -> set[UUID]:
        """Of the others, those that nobody has asked for lately: whoever just did may be about to sit down there."""
        since = self._clock() - ARRIVING_SECONDS
        self._asked_at = {room_id: at for room_id, at in self._asked_at.items() if at > since}
        unused = self._snapshots.keys() - set(used) - self._asked_at.keys()
        for room_id in unused:
            del self._snapshots[room_id]
        return unused

    async def follow(self, room_id: UUID, at_least: int = 0) -> RoomSnapshot | None:
        """The room, followed from now on; as of this version at least, if there is such a one. None: no such room.

        Raises httpx.HTTPError when rooms does not answer.
        """
        self._asked_at[room_id] = self._clock()
        with suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                await self._started.wait()
        async with self._asking.setdefault(room_id, asyncio.Lock()):
            room = self._snapshots.get(room_id) or await self._learn(room_id)
        if room and room.seq < at_least:
            await self.catch_up(room_id)
        return self._snapshots.get(room_id)

    async def hear(self, facts: Sequence[Fact]) -> None:
        """From the log. Never raises: a gap is mended, or found again with the next fact."""
        behind: set[UUID] = set()
        for fact in facts:
            room_id = fact.stream
            if room_id in self._arriving:
                self._arriving[room_id].append(fact)
            if room_id in self._snapshots and room_id not in behind and not self._apply(room_id, fact):
                behind.add(room_id)
        for room_id in behind:
            try:
                await self.catch_up(room_id)
            except httpx.HTTPError as error:
                log.warning("gap not mended yet", room=str(room_id), error=repr(error))

    async def catch_up(self, room_id: UUID) -> RoomSnapshot | None:
        """Ask the owner for everything above what is known. Raises httpx.HTTPError."""
        room = self._snapshots.get(room_id)
        if room is None:
            return None
        try:
            complete = all(self._apply(room_id, fact) for fact in await self._rooms.facts(room_id, room.seq))
        except Poison as poison:
            log.error("a room's feed cannot be read", room=str(room_id), reason=str(poison))
            complete = False
        if not complete:
            await self._learn(room_id)
            self._on_restart(room_id)
        return self._snapshots.get(room_id)

    async def _learn(self, room_id: UUID) -> RoomSnapshot | None:
        """The room as its owner knows it, and what the log says meanwhile."""
        arrived = self._arriving.setdefault(room_id, [])
        try:
            room = await self._rooms.snapshot(room_id)
        finally:
            self._arriving.pop(room_id, None)
        if room is None:
            return None
        known = self._snapshots.get(room_id)
        if known is None or known.seq < room.seq:
            self._snapshots[room_id] = room
        for fact in arrived:
            self._apply(room_id, fact)
        return self._snapshots[room_id]

    def _apply(self, room_id: UUID, fact: Fact) -> bool:
        """False when the owner has to be asked."""
        room = self._snapshots.get(room_id)
        if room is None or (fact.version or 0) <= room.seq:
            return True
        try:
            room = following(room, fact)
        except (ValueError, KeyError) as error:
            log.warning("a fact does not follow", room=str(room_id), seq=room.seq, error=repr(error))
            return False
        self._snapshots[room_id] = room
        self._on_fact(room, fact)
        return True
