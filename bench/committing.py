"""Facts committed to the rooms' log, as its store does it, without the rooms' own work."""

from uuid import UUID

from contracts.base import Envelope
from contracts.rooms import ParticipantJoined, RoomFact, RoomOpened
from services.kit.database import Database
from services.kit.event_store import lock
from services.kit.events import append
from services.kit.ids import new_id, now


class Log:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._versions: dict[UUID, int] = {}

    async def room(self) -> UUID:
        """A new one, open."""
        room = new_id()
        await self._written(room, [RoomOpened(room_id=room, host_id=new_id(), name="A benchmark")])
        return room

    async def joins(self, room: UUID, count: int = 1) -> int:
        """So many more people in one transaction; the room's version then."""
        return await self._written(room, [ParticipantJoined(room_id=room, user_id=new_id()) for _ in range(count)])

    async def _written(self, room: UUID, facts: list[RoomFact]) -> int:
        first = self._versions.get(room, 0) + 1
        self._versions[room] = first + len(facts) - 1
        async with self._database.transaction() as db:
            await lock(db, room)
            await append(
                db,
                [
                    Envelope[RoomFact](id=new_id(), source="/rooms", stream=room, version=version, at=now(), fact=fact)
                    for version, fact in enumerate(facts, first)
                ],
            )
        return self._versions[room]
