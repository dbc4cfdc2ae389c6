"""Acting on people: roles, mutes, removals; and undoing a mute of one's own."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from contracts.problems import Code
from services.kit.doors import IdempotencyKey
from services.kit.identity import Caller
from services.rooms.api.door import MODERATION, Door, RoomId, UserId, refuses
from services.rooms.domain.commands import Ban, ChangeRole, LiftBan, Mute, Remove, Unmute
from services.rooms.shapes.incoming import Microphone, NewRole, Reason, Why
from services.rooms.shapes.outgoing import Done

WhyAsked = Annotated[Why, Query()]
ROLE = (*MODERATION, Code.NOT_HOST, Code.ONLY_DOWNWARD, Code.NOT_ON_STAGE, Code.HAS_HOST, Code.NOT_ALLOWED)


def build_api(door: Door) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms/{room_id}", tags=["moderation"])

    @api.put("/participants/{user_id}/role", response_model=Done, responses=refuses(*ROLE, Code.GUESTS_LISTEN))
    async def change_role(
        room_id: RoomId, user_id: UserId, body: NewRole, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Of somebody below you: make or unmake a moderator, move to the audience, hand the keys over (HOST).

        Of yourself: step down; step up where the stage is open; take the keys while nobody has them.
        """
        command = ChangeRole(user_id, body.role, caller.user_id, door.clock(), body.why)
        return await door.do(request, caller, key, room_id, command)

    @api.post("/participants/{user_id}/mute", response_model=Done, responses=refuses(*MODERATION, Code.NOT_ON_STAGE))
    async def mute(
        room_id: RoomId,
        user_id: UserId,
        caller: Caller,
        request: Request,
        body: Reason | None = None,
        key: IdempotencyKey = None,
    ) -> JSONResponse:
        """Off only: nobody can switch on someone else's microphone."""
        command = Mute(user_id, caller.user_id, body.why if body else None)
        return await door.do(request, caller, key, room_id, command)

    @api.delete("/participants/{user_id}", response_model=Done, responses=refuses(*MODERATION))
    async def remove(
        room_id: RoomId,
        user_id: UserId,
        caller: Caller,
        request: Request,
        why: WhyAsked = None,
        key: IdempotencyKey = None,
    ) -> JSONResponse:
        """Ask somebody to leave. They may come back after a while."""
        return await door.do(request, caller, key, room_id, Remove(user_id, caller.user_id, door.clock(), why))

    @api.put("/bans/{user_id}", response_model=Done, responses=refuses(Code.NOT_MODERATOR, Code.NOT_ABOVE))
    async def ban(
        room_id: RoomId,
        user_id: UserId,
        caller: Caller,
        request: Request,
        body: Reason | None = None,
        key: IdempotencyKey = None,
    ) -> JSONResponse:
        """Keep somebody out, whether they are here or not; also as a guest on the device they had here."""
        command = Ban(user_id, caller.user_id, door.clock(), body.why if body else None)
        return await door.do(request, caller, key, room_id, command)

    @api.delete("/bans/{user_id}", response_model=Done, responses=refuses(Code.NOT_MODERATOR, Code.NOT_BANNED))
    async def lift_ban(
        room_id: RoomId,
        user_id: UserId,
        caller: Caller,
        request: Request,
        why: WhyAsked = None,
        key: IdempotencyKey = None,
    ) -> JSONResponse:
        """They may come back."""
        return await door.do(request, caller, key, room_id, LiftBan(user_id, caller.user_id, why))

    @api.put("/microphone", response_model=Done, responses=refuses(Code.NOT_ON_STAGE))
    async def unmute(
        room_id: RoomId, body: Microphone, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Undo a moderator's mute of your own microphone."""
        return await door.do(request, caller, key, room_id, Unmute(caller.user_id))

    return api
