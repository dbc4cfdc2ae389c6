"""Who belongs to a club and who runs it."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from contracts.problems import Code
from services.directory.api.club_door import NO_CLUB, ClubDoor
from services.directory.api.doors import COMMAND, Cursor, Limit, Member
from services.directory.domain.clubs.commands import AddAdmin, HandOver, Join, Leave, Remove, RemoveAdmin
from services.directory.queries import belonging, clubs
from services.directory.shapes.clubs import ClubDone, ClubMembers
from services.kit.database import Database
from services.kit.doors import IdempotencyKey
from services.kit.identity import MaybeCaller
from services.kit.ids import now
from services.kit.problems import ProblemError, responses

OF_CLUB = (*COMMAND, Code.NOT_FOUND)


class NewFounder(BaseModel):
    user_id: UUID


def build_api(database: Database, door: ClubDoor) -> APIRouter:
    api = APIRouter(prefix="/v1/clubs/{club_id}", tags=["clubs"])

    @api.get("/members", responses=responses(Code.INVALID_INPUT, Code.UNAUTHENTICATED, Code.NOT_FOUND))
    async def members(club_id: UUID, viewer: MaybeCaller, limit: Limit = 100, cursor: Cursor = None) -> ClubMembers:
        """The founder, the admins, then the others: who came first is first."""
        if await clubs.by_id(database, club_id, None) is None:
            raise ProblemError(Code.NOT_FOUND, NO_CLUB)
        return ClubMembers.model_validate(await belonging.members(database, club_id, limit, cursor))

    @api.put(
        "/members/me",
        response_model=ClubDone,
        responses=responses(*OF_CLUB, Code.CLUB_BY_INVITATION, Code.CLUB_BANNED, Code.USER_UNKNOWN),
    )
    async def join(club_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """At once where everybody may, or where one is invited; where somebody has to say yes, this asks them.

        Joining follows the club, too.
        """
        return await door.answered(club_id, Join(caller.user_id, now()), caller.user_id, request, key)

    @api.delete("/members/me", response_model=ClubDone, responses=responses(*OF_CLUB, Code.FOUNDER_NEEDED))
    async def leave(club_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """Ends following, too. Of somebody who waits: takes the request back, or declines the invitation."""
        return await door.answered(club_id, Leave(caller.user_id), caller.user_id, request, key)

    @api.delete(
        "/members/{user_id}",
        response_model=ClubDone,
        responses=responses(*OF_CLUB, Code.NOT_CLUB_ADMIN, Code.NOT_ABOVE),
    )
    async def remove(
        club_id: UUID, user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """By the founder or an admin; of an admin, by the founder. They may come back as anybody may."""
        return await door.answered(club_id, Remove(caller.user_id, user_id), caller.user_id, request, key)

    @api.put(
        "/admins/{user_id}",
        response_model=ClubDone,
        responses=responses(*OF_CLUB, Code.NOT_FOUNDER, Code.USER_UNKNOWN, Code.NOT_A_MEMBER),
    )
    async def add_admin(
        club_id: UUID, user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Of a member, by the founder."""
        return await door.answered(club_id, AddAdmin(caller.user_id, user_id), caller.user_id, request, key)

    @api.delete("/admins/{user_id}", response_model=ClubDone, responses=responses(*OF_CLUB, Code.NOT_FOUNDER))
    async def remove_admin(
        club_id: UUID, user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """By the founder; or by an admin, of themselves."""
        return await door.answered(club_id, RemoveAdmin(caller.user_id, user_id), caller.user_id, request, key)

    @api.put("/founder", response_model=ClubDone, responses=responses(*OF_CLUB, Code.NOT_FOUNDER, Code.NOT_A_MEMBER))
    async def hand_over(
        club_id: UUID, body: NewFounder, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """To a member. The former founder is an admin from then on."""
        return await door.answered(club_id, HandOver(caller.user_id, body.user_id), caller.user_id, request, key)

    return api
