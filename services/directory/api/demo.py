"""Demo mode: signing in without a password, and ids that the loader chooses. Never mounted otherwise."""

import secrets
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from contracts.problems import Code
from services.directory.accounts import Accounts
from services.directory.api import cookies
from services.directory.api.clubs import NewClub
from services.directory.api.doors import COMMAND, Member, topic_or_400
from services.directory.api.registering import Account, registration
from services.directory.api.signing_in import Sessions
from services.directory.domain.clubs.commands import Found
from services.directory.queries import people
from services.directory.settings import Settings
from services.directory.shapes.people import Put, Session
from services.directory.tables.clubs import ClubStore
from services.directory.tables.users import UserStore
from services.kit.database import Database
from services.kit.decisions import Refused
from services.kit.doors import answer, cause_of
from services.kit.event_store import Done
from services.kit.ids import now
from services.kit.problems import ProblemError, refusal, responses
from services.kit.texts import Plain


class DemoSignIn(BaseModel):
    username: Annotated[Plain, Field(min_length=1, max_length=60)]


def build_api(
    settings: Settings, database: Database, users: UserStore, clubs: ClubStore, accounts: Accounts, sessions: Sessions
) -> APIRouter:
    """Raises RuntimeError outside demo mode: nothing here may ever be reachable there."""
    if not settings.demo_mode or not settings.loader_secret:
        raise RuntimeError("the demo issuer refuses to start outside demo mode (DEMO_MODE, LOADER_SECRET)")
    secret = settings.loader_secret.encode()
    api = APIRouter(prefix="/v1", tags=["demo"])

    async def only_loader(x_loader_secret: Annotated[str, Header(max_length=200)] = "") -> None:
        if not secrets.compare_digest(x_loader_secret.encode(), secret):
            raise ProblemError(
                Code.NOT_ALLOWED, "Only the demo's loader chooses ids: X-Loader-Secret is missing or wrong."
            )

    @api.post("/sessions/demo", responses=responses(Code.INVALID_INPUT, Code.USER_UNKNOWN))
    async def sign_in(body: DemoSignIn, request: Request) -> Session:
        """A session without a password. It belongs to the tab: no cookie is set."""
        someone = await people.by_username(database, body.username)
        if someone is None:
            raise ProblemError(Code.USER_UNKNOWN, "Nobody in this demo has that username.")
        return sessions.of(someone, cookies.device_of(request))

    @api.put(
        "/users/{user_id}",
        response_model=Put,
        dependencies=[Depends(only_loader)],
        status_code=201,
        responses=_put_responses(Code.INVALID_INPUT, Code.NOT_ALLOWED, Code.ALREADY_EXISTS, Code.USERNAME_TAKEN),
    )
    async def put_user(user_id: UUID, body: Account, request: Request) -> JSONResponse:
        """A person with a chosen id: 201, or 200 when the same was registered before."""
        command = registration(user_id, body, None, keeps=True)
        done = await users.handle(user_id, command, cause_of(request, user_id))
        if body.email and not isinstance(done, Refused) and done.result["created"]:
            await accounts.set_email(user_id, body.email)
        return _put(done)

    @api.put(
        "/clubs/{club_id}",
        response_model=Put,
        dependencies=[Depends(only_loader)],
        status_code=201,
        responses=_put_responses(*COMMAND, Code.NOT_ALLOWED, Code.ALREADY_EXISTS),
    )
    async def put_club(club_id: UUID, body: NewClub, caller: Member, request: Request) -> JSONResponse:
        """A club with a chosen id, founded by whoever sends it: 201, or 200 when the same was founded before."""
        topic_id = topic_or_400(body.topic)
        command = Found(club_id, caller.user_id, body.name, topic_id, now(), keeps=True, more=body.wishes)
        return _put(await clubs.handle(club_id, command, cause_of(request, caller.user_id)))

    return api


def _put(outcome: Done[Any] | Refused) -> JSONResponse:
    if isinstance(outcome, Refused):
        return refusal(outcome)
    return answer(outcome, {"id": outcome.result["id"]}, 201 if outcome.result["created"] else 200)


def _put_responses(*codes: Code) -> dict[int | str, dict[str, object]]:
    return {200: {"model": Put, "description": "It was there already"}, **responses(*codes)}
