"""Many people in one room at the same moment, whose order nobody knows: what their acknowledged commands must mean."""

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from contracts.base import Envelope
from contracts.room_fold import fold
from contracts.room_snapshot import RoomSnapshot
from contracts.rooms import ROOM_FACTS, ParticipantLeft, ParticipantRemoved, RoomFact
from tests.integration.crowd import Acknowledged
from tests.people import Person


@dataclass
class HotRoom:
    people: list[Person]
    random: Random
    room_id: str = ""
    acknowledged: list[Acknowledged] = field(default_factory=list)
    answered: int = 0

    async def run(self, commands: int) -> None:
        self.room_id = await self._opened(self.people[0])
        share = commands // len(self.people)
        await asyncio.gather(*(self._busy(person, share, Random(self.random.random())) for person in self.people))

    async def _opened(self, host: Person) -> str:
        response = await host.surely("POST", "/v1/rooms", {"name": "The hot room"})
        return str(response.json()["id"])

    async def _busy(self, person: Person, commands: int, random: Random) -> None:
        for _ in range(commands):
            other = random.choice(self.people).user_id
            acts: list[tuple[str, str, Any]] = [
                *[("POST", "/join", {"connection": str(person.connection)})] * 3,
                *[("PUT", "/hand", None), ("DELETE", "/hand", None)],
                ("POST", "/invitations", {"user_id": str(other)}),
                ("PUT", "/invitations/me", {"answer": "accepted"}),
                ("DELETE", f"/participants/{other}", None),
            ]
            if person is not self.people[0]:
                acts.append(("POST", "/leave", None))
            method, path, body = random.choice(acts)
            response = await person.surely(method, f"/v1/rooms/{self.room_id}{path}", body)
            assert response.status_code < 500, response.text
            self.answered += 1
            if response.is_success:
                key = response.extensions["key"]
                self.acknowledged.append(Acknowledged(key, person.user_id, response.json()["seq"]))


async def half_there(database: str) -> list[str]:
    """In every room: what comes together is together, the log folds, and every seat has its presence beside it."""
    db = await asyncpg.connect(database)
    try:
        rows = await db.fetch("select stream, version, id, type, data, at from events order by stream, version")
        presence = {(row["room_id"], row["user_id"]) for row in await db.fetch("select room_id, user_id from presence")}
    finally:
        await db.close()
    found, seats, room, before = [], set[tuple[UUID, UUID]](), RoomSnapshot(id=UUID(int=0)), None
    for row in rows:
        if row["stream"] != room.id:
            room, before = RoomSnapshot(id=row["stream"]), None
        fact: RoomFact = ROOM_FACTS.validate_python(orjson.loads(row["data"]))
        envelope = Envelope[RoomFact](
            id=row["id"], source="/rooms", stream=room.id, version=row["version"], at=row["at"], fact=fact
        )
        seats -= {(room.id, user) for user in room.seats}
        room = fold(room, envelope)
        seats |= {(room.id, user) for user in room.seats}
        if isinstance(before, ParticipantRemoved) and not _follows(before, fact):
            found.append(f"{room.id}: {row['version']} {fact.type} follows a removal")
        before = fact
    return found + [f"{user} in {room_id}: seat or presence alone" for room_id, user in seats ^ presence]


def _follows(removed: ParticipantRemoved, fact: RoomFact) -> bool:
    return isinstance(fact, ParticipantLeft) and fact.user_id == removed.user_id
