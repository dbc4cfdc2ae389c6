"""Signing in, staying in, signing out; and listening as a guest."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Request, Response, params
from pydantic import BaseModel, Field

from contracts.problems import Code
from services.directory.api import cookies
from services.directory.api.signing_in import Device, Sessions
from services.directory.api.tries import Tries
from services.directory.domain.names import AnyPassword
from services.directory.guests import GUEST, Guests
from services.directory.passwords import Passwords
from services.directory.queries import people
from services.directory.queries.people import Someone
from services.directory.shapes.people import Session
from services.kit.database import Database
from services.kit.problems import ProblemError, responses
from services.kit.texts import Plain

WRONG = "Username and password do not match. Check both; capitals count in the password."
SIGN_IN_AGAIN = "This session is over. Sign in again."

RefreshCookie = Annotated[str | None, Cookie(alias=cookies.REFRESH, max_length=200, include_in_schema=False)]


class SignIn(BaseModel):
    username: Annotated[Plain, Field(min_length=1, max_length=60)]
    password: AnyPassword


def build_api(
    database: Database, passwords: Passwords, sessions: Sessions, guests: Guests, tries: Tries, gate: params.Depends
) -> APIRouter:
    api = APIRouter(prefix="/v1/sessions", tags=["sessions"])

    @api.post(
        "", dependencies=[gate], responses=responses(Code.INVALID_INPUT, Code.WRONG_CREDENTIALS, Code.RATE_LIMITED)
    )
    async def sign_in(body: SignIn, device: Device, request: Request, response: Response) -> Session:
        """A session for a username and its password. The refresh token is in an HttpOnly cookie."""
        await tries.of_signing_in(request, body.username)
        known = await people.credentials(database, body.username)
        right = await passwords.matches(known.password_hash if known else None, body.password)
        someone = await people.by_id(database, known.user_id) if known and right else None
        if someone is None:
            raise ProblemError(Code.WRONG_CREDENTIALS, WRONG)
        await tries.signed_in(body.username)
        return await sessions.begin(request, response, someone, device)

    @api.post("/refresh", responses=responses(Code.UNAUTHENTICATED))
    async def refresh(device: Device, request: Request, response: Response, cookie: RefreshCookie = None) -> Session:
        """A new access token for the refresh cookie, which is replaced; a former one ends the session everywhere."""
        refreshed = await sessions.families.refresh(cookie) if cookie else None
        someone = await people.by_id(database, refreshed.user_id) if refreshed else None
        if refreshed is None or someone is None:
            raise ProblemError(Code.UNAUTHENTICATED, SIGN_IN_AGAIN)
        sessions.keep(response, request, device, refreshed.cookie)
        return sessions.of(someone, device, refreshed.session)

    @api.delete("/current", status_code=204)
    async def sign_out(request: Request, cookie: RefreshCookie = None) -> Response:
        """End this browser's session. Access tokens already out run for what is left of their minutes."""
        if cookie:
            await sessions.families.end(cookie)
        response = Response(status_code=204)
        cookies.drop(response, request, cookies.REFRESH)
        return response

    @api.post("/guest")
    async def listen_as_guest(device: Device, request: Request, response: Response) -> Session:
        """A guest may listen, nothing else. The same device is the same guest again, until they register."""
        sessions.keep(response, request, device)
        return sessions.of(Someone(await guests.user_id(device), None, GUEST), device, guest=True)

    return api
