"""The rooms that are served here, each followed fact by fact.

First the end of the log is fixed (the tail's `started`), then the owner is asked for the room, then only `seq + 1` is
applied; lower is dropped, and on a gap the owner is asked for what is missing.
"""

import asyncio
from collections.abc import Callable
from uuid import UUID

import httpx
import structlog

from contracts.base import Envelope
from contracts.cloudevents import UnknownType
from contracts.room_snapshot import RoomSnapshot, fold, skip
from contracts.rooms import ROOM_FACTS, RoomFact
from services.kit.offsets import Records
from services.kit.tail import read
from services.signalling.neighbours import Rooms

log = structlog.get_logger()
Fact = Envelope[RoomFact] | UnknownType
OnFact = Callable[[RoomSnapshot, Fact], None]  # the room as it is with the fact


class Feeds:
    def __init__(self, rooms: Rooms, started: asyncio.Event, on_fact: OnFact) -> None:
        self._rooms, self._started, self._on_fact = rooms, started, on_fact
        self._snapshots: dict[UUID, RoomSnapshot] = {}
        self._arriving: dict[UUID, list[Fact]] = {}  # facts that come while a room is being asked for
        self._asking: dict[UUID, asyncio.Lock] = {}

    def get(self, room_id: UUID) -> RoomSnapshot | None:
        return self._snapshots.get(room_id)

    def served(self) -> list[UUID]:
        return list(self._snapshots)

    def forget(self, room_id: UUID) -> None:
        """Nobody here needs it any more."""
        self._snapshots.pop(room_id, None)
        self._asking.pop(room_id, None)

    async def follow(self, room_id: UUID, at_least: int = 0) -> RoomSnapshot | None:
        """The room, followed from now on; at least as of this version. None when there is no such room.

        Raises httpx.HTTPError when rooms does not answer.
        """
        await self._started.wait()
        async with self._asking.setdefault(room_id, asyncio.Lock()):
            if room_id not in self._snapshots and not await self._begin(room_id):
                return None
        if self._snapshots[room_id].seq < at_least:
            await self.catch_up(room_id)
        return self._snapshots.get(room_id)

    async def heard(self, records: Records) -> None:
        """From the tail. Never raises: a gap is mended, or found again with the next fact."""
        gaps: set[UUID] = set()
        for fact in read(records, ROOM_FACTS):
            room_id = fact.stream
            if room_id in self._arriving:
                self._arriving[room_id].append(fact)
            elif room_id in self._snapshots and not self._apply(room_id, fact):
                gaps.add(room_id)
        for room_id in gaps:
            try:
                await self.catch_up(room_id)
            except httpx.HTTPError as error:
                log.warning("gap not mended yet", room=str(room_id), error=repr(error))

    async def catch_up(self, room_id: UUID) -> RoomSnapshot | None:
        """Ask the owner for everything above what is known. Raises httpx.HTTPError."""
        room = self._snapshots.get(room_id)
        if room:
            for fact in await self._rooms.facts(room_id, room.seq):
                self._apply(room_id, fact)
        return self._snapshots.get(room_id)

    async def _begin(self, room_id: UUID) -> bool:
        self._arriving[room_id] = []
        try:
            room = await self._rooms.snapshot(room_id)
        finally:
            arrived = self._arriving.pop(room_id)
        if room is None:
            return False
        self._snapshots[room_id] = room
        for fact in arrived:
            self._apply(room_id, fact)
        return True

    def _apply(self, room_id: UUID, fact: Fact) -> bool:
        """False on a gap."""
        room = self._snapshots[room_id]
        version = fact.version or 0
        if version <= room.seq:
            return True
        if version > room.seq + 1:
            return False
        room = skip(room, version) if isinstance(fact, UnknownType) else fold(room, fact)
        self._snapshots[room_id] = room
        self._on_fact(room, fact)
        return True
