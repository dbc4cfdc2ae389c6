"""Taking a seat, and giving it up."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from contracts.problems import Code
from contracts.room_view import view
from services.kit.decisions import Refused
from services.kit.doors import IdempotencyKey, answer
from services.kit.event_store import Done
from services.kit.identity import Caller, Person
from services.rooms.api.door import Door, RoomId, refuses
from services.rooms.domain.commands import Join, Leave
from services.rooms.domain.state import Room
from services.rooms.shapes.incoming import JoinRoom, LeaveRoom
from services.rooms.shapes.outgoing import Done as DoneShape
from services.rooms.shapes.outgoing import Joined
from services.rooms.tickets import Tickets

AT_THE_DOOR = (Code.REMOVED, Code.BANNED, Code.PRIVATE, Code.CLUB_ONLY, Code.ROOM_NOT_OPEN, Code.ROOM_FULL)


def build_api(door: Door, tickets: Tickets) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms/{room_id}", tags=["rooms"])

    @api.post("/join", response_model=Joined, responses=refuses(Code.ELSEWHERE, *AT_THE_DOOR))
    async def join(
        room_id: RoomId, body: JoinRoom, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Take a seat, or yours again after a reload; with fresh tickets each time."""
        command = Join(
            user_id=caller.user_id,
            connection=body.connection,
            at=door.clock(),
            guest=caller.guest,
            takeover=body.takeover,
            device=door.device(room_id, caller),
            link=door.marks.link_id(room_id, body.link) if body.link else None,
        )
        outcome = await door.handle(request, caller, key, room_id, command)
        return answer(outcome, joined(outcome, room_id, caller, tickets))

    @api.post(
        "/leave",
        response_model=DoneShape,
        responses=refuses(Code.KEYS_NEEDED, Code.TARGET_NOT_IN_ROOM, Code.NOT_ON_STAGE),
    )
    async def leave(
        room_id: RoomId, caller: Caller, request: Request, body: LeaveRoom | None = None, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Give the seat up. Leaving when you are not there changes nothing.

        A host's keys go to whom `keys_to` names, else to the longest-serving moderator. Alone on stage, they end the
        room with it.
        """
        said = body or LeaveRoom()
        command = Leave(caller.user_id, door.clock(), said.connection, said.keys_to)
        return await door.do(request, caller, key, room_id, command)

    return api


def joined(outcome: Done[Room] | Refused, room_id: UUID, caller: Person, tickets: Tickets) -> dict[str, Any]:
    """A repeated key gives the first outcome, in the room as it is now, with tickets of its own."""
    if isinstance(outcome, Refused):
        return {}
    seat, number, user = outcome.result["seat"], outcome.result["connection_no"], caller.user_id
    role = outcome.state.public.role_of(user) or "AUDIENCE"
    return {
        "participant": {
            "user_id": str(user),
            "role": role,
            "name": caller.name,
            "seat": seat,
            "connection_no": number,
        },
        "room": view(outcome.state.public, user).model_dump(mode="json"),
        "tickets": tickets.mint(room_id, user, seat, number),
        "note": outcome.result.get("note"),
    }
