"""What all of the room's routes share: the store, the clock, and how a command goes in and an answer out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Request
from fastapi.responses import JSONResponse

from contracts.problems import Code
from services.kit.decisions import Refused
from services.kit.doors import answer, cause_of, keyed
from services.kit.event_store import Done
from services.kit.identity import Person
from services.kit.ids import Clock
from services.kit.problems import ProblemError, responses
from services.rooms.beside import RoomStore
from services.rooms.domain.commands import Command
from services.rooms.domain.refusals import ROOM_UNKNOWN
from services.rooms.domain.state import Room
from services.rooms.marks import Marks

RoomId = Annotated[UUID, Path(description="The room's id")]
UserId = Annotated[UUID, Path(description="Whom it is about")]
LinkId = Annotated[UUID, Path(description="The link's id")]

ROOM = (
    Code.INVALID_INPUT,
    Code.UNAUTHENTICATED,
    Code.ROOM_UNKNOWN,
    Code.ROOM_ENDED,
    Code.NOT_IN_ROOM,
    Code.KEY_REUSED,
    Code.PAYLOAD_TOO_LARGE,
    Code.UNAVAILABLE,
)
MODERATION = (*ROOM, Code.NOT_MODERATOR, Code.NOT_ABOVE, Code.TARGET_NOT_IN_ROOM)


def refuses(*codes: Code) -> dict[int | str, dict[str, Any]]:
    """For OpenAPI: what every command of a room may be refused with, and these."""
    return responses(*ROOM, *codes)


@dataclass(frozen=True)
class Door:
    store: RoomStore
    clock: Clock
    marks: Marks

    async def room(self, room_id: UUID) -> Room:
        """The room by now. Raises ProblemError when there is none."""
        room, _ = await self.store.state(room_id)
        if not room.begun:
            raise ProblemError(ROOM_UNKNOWN.code, ROOM_UNKNOWN.message)
        return room

    def device(self, room_id: UUID, person: Person) -> str | None:
        return self.marks.device(room_id, person.device) if person.device else None

    async def handle(
        self, request: Request, person: Person, key: str | None, room_id: UUID, command: Command
    ) -> Done[Room] | Refused:
        cause = cause_of(request, person.user_id)
        return await self.store.handle(room_id, command, cause, await keyed(request, person.user_id, key))

    async def do(
        self, request: Request, person: Person, key: str | None, room_id: UUID, command: Command
    ) -> JSONResponse:
        """For the many commands whose answer is the room's version, or why not."""
        nothing_more: Mapping[str, Any] = {}
        return answer(await self.handle(request, person, key, room_id, command), nothing_more)
