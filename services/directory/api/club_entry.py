"""A club's door: who asks to come in, who is invited, who is kept out. For its founder and admins."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from contracts.problems import Code
from services.directory.api.club_door import NO_CLUB, ClubDoor
from services.directory.api.doors import COMMAND, SIGNED_IN, Cursor, Limit, Member
from services.directory.domain.clubs.commands import Answer, Ban, Invite, Lift, Withdraw
from services.directory.queries import belonging, clubs
from services.directory.shapes.clubs import ClubBans, ClubDone, WaitingList
from services.kit.database import Database
from services.kit.doors import IdempotencyKey
from services.kit.identity import Person
from services.kit.ids import now
from services.kit.problems import ProblemError, responses

Kind = Annotated[Literal["asked", "invited"], Query(description="Who asked to come in, or who is invited")]
RUN = (*COMMAND, Code.NOT_CLUB_ADMIN, Code.NOT_FOUND)
SEE = responses(Code.INVALID_INPUT, *SIGNED_IN, Code.NOT_CLUB_ADMIN, Code.NOT_FOUND)
ADMINS_ONLY = "Only the club's founder and admins see this."


class Reply(BaseModel):
    answer: Literal["accepted", "declined"]


def build_api(database: Database, door: ClubDoor) -> APIRouter:
    api = APIRouter(prefix="/v1/clubs/{club_id}", tags=["clubs"])

    @api.get("/waiting", responses=SEE)
    async def waiting(
        club_id: UUID, caller: Member, kind: Kind = "asked", limit: Limit = 100, cursor: Cursor = None
    ) -> WaitingList:
        """Who has waited longest is first."""
        await _for_admins(club_id, caller)
        return WaitingList.model_validate(await belonging.waiting(database, club_id, kind, limit, cursor))

    @api.put("/waiting/{user_id}", response_model=ClubDone, responses=responses(*RUN, Code.NOT_ASKED))
    async def reply(
        club_id: UUID, user_id: UUID, body: Reply, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """To somebody who asked to come in."""
        command = Answer(caller.user_id, user_id, body.answer == "accepted", now())
        return await door.answered(club_id, command, caller.user_id, request, key)

    @api.put(
        "/invitations/{user_id}",
        response_model=ClubDone,
        responses=responses(*RUN, Code.CLUB_BANNED, Code.USER_UNKNOWN),
    )
    async def invite(
        club_id: UUID, user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Whoever asked already is let in by it."""
        return await door.answered(club_id, Invite(caller.user_id, user_id, now()), caller.user_id, request, key)

    @api.delete("/invitations/{user_id}", response_model=ClubDone, responses=responses(*RUN))
    async def withdraw(
        club_id: UUID, user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        return await door.answered(club_id, Withdraw(caller.user_id, user_id), caller.user_id, request, key)

    @api.get("/bans", responses=SEE)
    async def bans(club_id: UUID, caller: Member, limit: Limit = 100, cursor: Cursor = None) -> ClubBans:
        """The latest first."""
        await _for_admins(club_id, caller)
        return ClubBans.model_validate(await belonging.bans(database, club_id, limit, cursor))

    @api.put("/bans/{user_id}", response_model=ClubDone, responses=responses(*RUN, Code.NOT_ABOVE, Code.USER_UNKNOWN))
    async def ban(
        club_id: UUID, user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Ends membership and following, and keeps them out of the club's rooms: at once of those they are in."""
        return await door.answered(club_id, Ban(caller.user_id, user_id, now()), caller.user_id, request, key)

    @api.delete("/bans/{user_id}", response_model=ClubDone, responses=responses(*RUN))
    async def lift(
        club_id: UUID, user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        return await door.answered(club_id, Lift(caller.user_id, user_id), caller.user_id, request, key)

    async def _for_admins(club_id: UUID, caller: Person) -> None:
        club = await clubs.by_id(database, club_id, caller.user_id)
        if club is None:
            raise ProblemError(Code.NOT_FOUND, NO_CLUB)
        if club.role not in ("founder", "admin"):
            raise ProblemError(Code.NOT_CLUB_ADMIN, ADMINS_ONLY)

    return api
