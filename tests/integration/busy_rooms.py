"""Rooms in which something happens all the while, told on the bus as fast as it takes them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from random import Random
from uuid import UUID, uuid4

from contracts.roles import Role
from contracts.rooms import LeftReason, ParticipantJoined, ParticipantLeft, RoleChanged, RoleReason, RoomFact
from tests.integration.telling import ToldRoom
from tests.people import Person

MOST = 12  # people in a room


class BusyRooms:
    """`told` counts the facts."""

    def __init__(self, rooms: list[ToldRoom], host: Person) -> None:
        self.told = 0
        self._rooms, self._host = rooms, host

    @property
    def ids(self) -> set[UUID]:
        return {room.id for room in self._rooms}

    @asynccontextmanager
    async def busy(self) -> AsyncIterator[None]:
        """They are while the block runs. At its end all that was told is in the read model."""
        over = asyncio.Event()
        telling = [
            asyncio.create_task(self._busy(room, Random(number), over)) for number, room in enumerate(self._rooms)
        ]
        try:
            yield
        finally:
            over.set()
            await asyncio.gather(*telling)
        for room in self._rooms:
            await room.stored()

    async def _busy(self, room: ToldRoom, random: Random, over: asyncio.Event) -> None:
        here: dict[UUID, int] = {}
        await self._tell(room, room.opened(self._host))
        while not over.is_set():
            await self._tell(room, self._next(room, random, here))

    async def _tell(self, room: ToldRoom, fact: RoomFact) -> None:
        await room.tell(fact)
        self.told += 1

    def _next(self, room: ToldRoom, random: Random, here: dict[UUID, int]) -> RoomFact:
        if len(here) < 2 or (len(here) < MOST and random.random() < 0.4):
            here[user := uuid4()] = room.seq + 1
            return ParticipantJoined(room_id=room.id, user_id=user)
        user = random.choice(list(here))
        if random.random() < 0.4:
            return ParticipantLeft(room_id=room.id, user_id=user, seat=here.pop(user), reason=LeftReason.LEFT)
        role = random.choice([Role.SPEAKER, Role.MODERATOR, Role.AUDIENCE])
        return RoleChanged(room_id=room.id, user_id=user, role=role, reason=RoleReason.CHANGED)


def busy_rooms(new_room: Callable[[], ToldRoom], host: Person, count: int = 16) -> BusyRooms:
    return BusyRooms([new_room() for _ in range(count)], host)
