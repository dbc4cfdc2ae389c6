"""Kafka in: who may speak. Every room with a session here is followed, fact by fact, from what its owner says of it."""

import asyncio
import time
from itertools import groupby
from uuid import UUID

import structlog
from aiokafka import ConsumerRecord

from contracts.base import Envelope
from contracts.cloudevents import UnknownType
from contracts.room_fold import fold, skip
from contracts.room_snapshot import RoomSnapshot
from contracts.rooms import ROOM_FACTS, RoomFact
from services.kit.offsets import Records
from services.kit.tail import Tail, read
from services.media.engine.gate import Standing
from services.media.engine.standings import brought_up_to_date, changes, everyone
from services.media.node import MediaNode
from services.media.recent import Recent
from services.media.rooms_client import RoomsClient, Unanswered

log = structlog.get_logger()
ASK_AGAIN_SECONDS = 1.0
AT_ONCE = 8  # questions: while rooms is away, hundreds a second would leave no time for those who join
Told = Envelope[RoomFact] | UnknownType


class RoomFollower:
    """Reads every fact of every room, since it has no group, but looks only into those of rooms that sound here."""

    def __init__(self, node: MediaNode, rooms: RoomsClient) -> None:
        self._node, self._rooms = node, rooms
        self._recent = Recent()
        self._snapshots: dict[UUID, RoomSnapshot] = {}
        self._asking: dict[UUID, asyncio.Task[None]] = {}
        self._line = asyncio.Semaphore(AT_ONCE)

    async def run(self, tail: Tail) -> None:
        """Until cancelled. What happened before the tail began is asked for when it begins."""
        reading = asyncio.create_task(tail.run(self.take))
        try:
            await tail.started.wait()
            for room_id in self._node.sessions.rooms:
                self._ask(room_id)
            await reading
        finally:
            for task in (reading, *self._asking.values()):
                task.cancel()

    async def take(self, records: Records) -> None:
        """A batch of one partition: it is remembered, and applied where a room sounds here."""
        now = time.monotonic()
        for room_id, of_room in groupby(records, key=_room_id):
            if room_id:
                told = list(of_room)
                self._recent.add(room_id, told, now)
                if room_id in self._node.sessions.rooms:
                    self._apply(room_id, read(told, ROOM_FACTS))

    def newest(self, room_id: UUID, user_id: UUID, standing: Standing) -> Standing:
        """What signalling knew of a seat, brought up to date with the facts that came here since."""
        return brought_up_to_date(standing, room_id, user_id, self._facts(room_id, standing.seq))

    def follow(self, room_id: UUID) -> None:
        """A session of this room is here now."""
        if room_id not in self._snapshots:
            self._ask(room_id)

    def forget(self, room_id: UUID) -> None:
        """Nobody has been in it for a while."""
        self._snapshots.pop(room_id, None)
        if asking := self._asking.pop(room_id, None):
            asking.cancel()

    def _apply(self, room_id: UUID, told: list[Told]) -> None:
        before = self._snapshots.get(room_id)
        if before is None:
            return self._bring_up_to_date(room_id)
        after = before
        try:
            for one in told:
                after = _next(after, one)
        except (ValueError, KeyError):  # a gap, or facts that do not fit what we believe: the owner knows
            self._ask(room_id)
        if after is not before:
            self._snapshots[room_id] = after
            self._node.obey(room_id, after.seq, changes(before, after), everyone=False)
        return None

    def _bring_up_to_date(self, room_id: UUID) -> None:
        """While the owner has not answered: what the facts alone say of those who are here."""
        room = self._node.sessions.rooms[room_id]
        told = ((who.user_id, room.gate.standing(who.seat)) for who in room.participants.values())
        known = [(user, standing) for user, standing in told if standing]
        facts = self._facts(room_id, min((standing.seq for _, standing in known), default=0))
        news = [brought_up_to_date(standing, room_id, user, facts) for user, standing in known]
        self._node.obey_some(room_id, news)

    def _facts(self, room_id: UUID, seq: int) -> list[Envelope[RoomFact]]:
        """Of the last while, those after `seq`."""
        return [one for one in read(self._recent.after(room_id, seq), ROOM_FACTS) if isinstance(one, Envelope)]

    def _ask(self, room_id: UUID) -> None:
        if room_id not in self._asking:
            self._asking[room_id] = asyncio.create_task(self._learn(room_id))

    async def _learn(self, room_id: UUID) -> None:
        """Ask until there is an answer, then go on from it with what came in the meantime."""
        snapshot = None
        while snapshot is None:
            snapshot = await self._answered(room_id)
        del self._asking[room_id]
        self._snapshots[room_id] = snapshot
        self._node.obey(room_id, snapshot.seq, everyone(snapshot), everyone=True)
        self._apply(room_id, read(self._recent.after(room_id, snapshot.seq), ROOM_FACTS))

    async def _answered(self, room_id: UUID) -> RoomSnapshot | None:
        """What its owner says of it; None when that did not work, after a pause that holds up the next in the line."""
        async with self._line:
            try:
                return await self._rooms.snapshot(room_id)
            except Unanswered as error:
                log.warning("rooms does not say who may speak", room_id=str(room_id), error=str(error))
                await asyncio.sleep(ASK_AGAIN_SECONDS)
                return None


def _next(room: RoomSnapshot, told: Told) -> RoomSnapshot:
    """The room after one more record. Raises ValueError on a gap, KeyError when the fact does not fit."""
    if isinstance(told, Envelope):
        return fold(room, told)
    if told.version is not None and told.version > room.seq + 1:
        raise ValueError("gap")
    return skip(room, told.version or 0)


def _room_id(record: "ConsumerRecord[bytes, bytes]") -> UUID | None:
    try:
        return UUID((record.key or b"").decode())
    except ValueError:
        return None  # no record of ours
