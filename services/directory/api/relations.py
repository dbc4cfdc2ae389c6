"""Whom I follow, and whom I have blocked."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from contracts.problems import Code
from services.directory.api.doors import COMMAND, SIGNED_IN, Cursor, Limit, Member
from services.directory.domain.users.relations import Block, Command, Follow, Unblock, Unfollow
from services.directory.queries import people
from services.directory.shapes.people import Blocking, Following, UserPage
from services.directory.tables.users import UserStore
from services.kit.database import Database
from services.kit.doors import IdempotencyKey, answer, cause_of, keyed
from services.kit.ids import now
from services.kit.problems import responses


def build_api(database: Database, store: UserStore) -> APIRouter:
    api = APIRouter(prefix="/v1/me", tags=["people"])

    @api.put(
        "/following/{user_id}",
        response_model=Following,
        responses=responses(*COMMAND, Code.NOT_ALLOWED, Code.BLOCKED, Code.USER_UNKNOWN),
    )
    async def follow(user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """Not while one of the two has blocked the other."""
        return await _carry_out(Follow(user_id, now()), caller.user_id, request, key)

    @api.delete("/following/{user_id}", response_model=Following, responses=responses(*COMMAND, Code.USER_UNKNOWN))
    async def unfollow(user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        return await _carry_out(Unfollow(user_id), caller.user_id, request, key)

    @api.get("/blocks", responses=responses(Code.INVALID_INPUT, *SIGNED_IN))
    async def blocks(caller: Member, limit: Limit = 100, cursor: Cursor = None) -> UserPage:
        """The latest first. Nobody else is told."""
        return UserPage.model_validate(await people.blocked_by(database, caller.user_id, limit, cursor))

    @api.put(
        "/blocks/{user_id}",
        response_model=Blocking,
        responses=responses(*COMMAND, Code.NOT_ALLOWED, Code.USER_UNKNOWN),
    )
    async def block(user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """Ends my following them, and they cannot follow me while it lasts."""
        return await _carry_out(Block(user_id, now()), caller.user_id, request, key)

    @api.delete("/blocks/{user_id}", response_model=Blocking, responses=responses(*COMMAND, Code.USER_UNKNOWN))
    async def unblock(user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        return await _carry_out(Unblock(user_id), caller.user_id, request, key)

    async def _carry_out(command: Command, actor: UUID, request: Request, key: str | None) -> JSONResponse:
        once = await keyed(request, actor, key)
        return answer(await store.handle(actor, command, cause_of(request, actor), once))

    return api
