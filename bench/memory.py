"""What 50,000 open rooms cost in the memory of one process."""

import gc
from uuid import UUID

import psutil

from bench.measuring import Figure
from contracts.base import Envelope
from contracts.rooms import ParticipantJoined, RoomFact, RoomOpened
from services.kit.ids import new_id, now
from services.kit.state_cache import StateCache
from services.rooms.domain.state import Room, evolve, initial

ROOMS, PEOPLE = 50_000, 5


async def measure() -> list[Figure]:
    """States as the store keeps them, each with a host and four listeners; in KB of resident memory a room."""
    cache: StateCache[Room] = StateCache(ROOMS)
    gc.collect()
    before = psutil.Process().memory_info().rss
    for _ in range(ROOMS):
        room = a_room()
        cache.advance(room.public.id, room, room.public.seq)
    gc.collect()
    grown = psutil.Process().memory_info().rss - before
    more = {"total_mb": grown / 2**20}
    return [
        Figure(f"memory of {ROOMS:,} open rooms of {PEOPLE} people", "KB a room", [grown / 1024 / ROOMS], more=more)
    ]


def a_room() -> Room:
    room_id, host = new_id(), new_id()
    facts: list[RoomFact] = [RoomOpened(room_id=room_id, host_id=host, name="A room like any other")]
    facts += [ParticipantJoined(room_id=room_id, user_id=new_id()) for _ in range(PEOPLE - 1)]
    room = initial(room_id)
    for version, fact in enumerate(facts, 1):
        room = evolve(room, _recorded(room_id, version, fact))
    return room


def _recorded(room_id: UUID, version: int, fact: RoomFact) -> Envelope[RoomFact]:
    return Envelope(id=new_id(), source="/rooms", stream=room_id, version=version, at=now(), fact=fact)
