"""What every command on a club has in common."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import JSONResponse

from services.directory.domain.clubs import Club, Command
from services.directory.queries import clubs
from services.directory.shapes.clubs import ClubShape
from services.directory.tables.clubs import ClubStore
from services.kit.database import Database
from services.kit.decisions import Refused
from services.kit.doors import answer, cause_of, keyed
from services.kit.event_store import Done
from services.kit.problems import refusal

NO_CLUB = "There is no such club."


@dataclass(frozen=True)
class ClubDoor:
    database: Database
    store: ClubStore

    async def handle(
        self, club_id: UUID, command: Command, actor: UUID, request: Request, key: str | None
    ) -> Done[Club] | Refused:
        return await self.store.handle(club_id, command, cause_of(request, actor), await keyed(request, actor, key))

    async def answered(
        self, club_id: UUID, command: Command, actor: UUID, request: Request, key: str | None, status: int = 200
    ) -> JSONResponse:
        """The club as it is afterwards, beside its version."""
        done: Done[Any] | Refused = await self.handle(club_id, command, actor, request, key)
        if isinstance(done, Refused):
            return refusal(done)
        id_ = UUID(done.result.get("id", str(club_id)))
        club = ClubShape.model_validate(await clubs.by_id(self.database, id_, actor)).model_dump(mode="json")
        return answer(done, {"id": str(id_), "club": club}, status)
