"""Links into private rooms."""

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from contracts.problems import Code
from services.kit.decisions import Refused
from services.kit.doors import IdempotencyKey, answer
from services.kit.identity import Caller
from services.kit.ids import NewId
from services.kit.problems import ProblemError
from services.rooms.api.door import Door, LinkId, RoomId, refuses
from services.rooms.domain.commands import MakeLink, WithdrawLink
from services.rooms.domain.moderating import may_moderate
from services.rooms.shapes.incoming import NewLink
from services.rooms.shapes.outgoing import Done, Links, LinkShape, MadeLink


def build_api(door: Door, make_id: NewId) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms/{room_id}/links", tags=["links"])

    @api.get("", responses=refuses(Code.NOT_MODERATOR))
    async def links(room_id: RoomId, caller: Caller) -> Links:
        """Those that are valid, for host and moderators."""
        room, at = await door.room(room_id), door.clock()
        if refused := may_moderate(room, caller.user_id):
            raise ProblemError(refused.code, refused.message)
        valid = [link for link in room.public.links.values() if link.expires_at > at]
        return Links(
            links=[
                LinkShape(
                    link_id=link.link_id,
                    link=door.marks.link(room_id, link.link_id),
                    by=link.by,
                    expires_at=link.expires_at,
                )
                for link in valid
            ]
        )

    @api.post("", status_code=201, response_model=MadeLink, responses=refuses(Code.NOT_MODERATOR, Code.TOO_MANY))
    async def make_link(
        room_id: RoomId, caller: Caller, request: Request, body: NewLink | None = None, key: IdempotencyKey = None
    ) -> JSONResponse:
        """A link that lets whoever has it into the room, as host or moderator."""
        lasts = timedelta(seconds=(body or NewLink()).lasts_seconds)
        outcome = await door.handle(
            request, caller, key, room_id, MakeLink(make_id(), caller.user_id, door.clock(), lasts)
        )
        if isinstance(outcome, Refused):
            return answer(outcome)
        link = door.marks.link(room_id, UUID(outcome.result["link_id"]))
        return answer(outcome, {**outcome.result, "link": link}, status=201)

    @api.delete("/{link_id}", response_model=Done, responses=refuses(Code.NOT_MODERATOR, Code.NOT_FOUND))
    async def withdraw_link(
        room_id: RoomId, link_id: LinkId, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Nobody comes in by it any more. Who is in stays in."""
        return await door.do(request, caller, key, room_id, WithdrawLink(link_id, caller.user_id))

    return api
