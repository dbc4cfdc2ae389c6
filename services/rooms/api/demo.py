"""Demo mode: a room under an id that the loader chooses. Never mounted otherwise."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import JSONResponse

from contracts.problems import Code
from services.kit.decisions import Refused
from services.kit.doors import IdempotencyKey, answer
from services.kit.identity import Caller
from services.kit.problems import ProblemError, refusal
from services.rooms.api.door import Door, RoomId, refuses
from services.rooms.api.rooms import FindClub, opened, opening
from services.rooms.shapes.incoming import NewRoom
from services.rooms.shapes.outgoing import Opened


def build_api(door: Door, find_club: FindClub, loader_secret: str) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms", tags=["demo"])

    async def only_loader(x_loader_secret: Annotated[str, Header(max_length=200)] = "") -> None:
        if not secrets.compare_digest(x_loader_secret.encode(), loader_secret.encode()):
            raise ProblemError(
                Code.NOT_ALLOWED, "Only the demo's loader chooses ids: X-Loader-Secret is missing or wrong."
            )

    @api.put(
        "/{room_id}",
        status_code=201,
        response_model=Opened,
        dependencies=[Depends(only_loader)],
        responses={
            200: {"model": Opened, "description": "The same room is there already"},
            **refuses(Code.ALREADY_EXISTS, Code.NOT_CLUB_ADMIN, Code.CLUB_UNKNOWN, Code.NOT_ALLOWED),
        },
    )
    async def put_room(
        room_id: RoomId, body: NewRoom, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Open this room; its host's seat waits until they first connect."""
        command = await opening(room_id, body, caller, door, find_club, seeded=True)
        if isinstance(command, Refused):
            return refusal(command)
        outcome = await door.handle(request, caller, key, room_id, command)
        created = not isinstance(outcome, Refused) and outcome.result["created"]
        return answer(outcome, opened(outcome), status=201 if created else 200)

    return api
