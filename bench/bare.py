"""The same rows by the plainest means: what Postgres itself costs, without deciding, folding or answering anybody."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from contracts.rooms import ParticipantJoined
from services.kit.database import Database
from services.kit.events import INSERT
from services.kit.ids import new_id, now
from services.rooms.beside import DUE, SEATED

BATCH = 100
GRACE = timedelta(seconds=60)


class Bare:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def joins(self, work: Sequence[tuple[UUID, UUID]]) -> None:
        """Facts, presence and deadlines of so many joins, 100 a transaction, one after another."""
        streams = {room: new_id() for room, _ in work}  # rooms of its own: nothing to disturb
        versions: Counter[UUID] = Counter()
        by_room: dict[UUID, list[UUID]] = {}
        for room, user in work:
            by_room.setdefault(streams[room], []).append(user)
        pieces = [
            (room, users[first : first + BATCH])
            for room, users in by_room.items()
            for first in range(0, len(users), BATCH)
        ]
        waiting: list[tuple[UUID, list[UUID]]] = []
        for piece in pieces:
            waiting.append(piece)
            if sum(len(users) for _, users in waiting) >= BATCH:
                await self._written(waiting, versions)
                waiting = []
        if waiting:
            await self._written(waiting, versions)

    async def _written(self, pieces: Sequence[tuple[UUID, list[UUID]]], versions: Counter[UUID]) -> None:
        at = now()
        async with self._database.transaction() as db:
            for room, users in pieces:
                first = versions[room] + 1
                versions[room] += len(users)
                numbers = range(first, first + len(users))
                facts = [ParticipantJoined(room_id=room, user_id=user).model_dump_json() for user in users]
                meta, type_ = '{"source":"/rooms"}', "room.participant_joined.v1"
                n = len(users)
                await db.execute(
                    INSERT, room, numbers, [new_id() for _ in users], [type_] * n, facts, [meta] * n, [at] * n
                )
                await db.execute(SEATED, room, users, numbers, users, [1] * n, [False] * n)
                await db.execute(DUE, room, ["grace"] * n, users, [at + GRACE] * n, numbers, [1] * n)
