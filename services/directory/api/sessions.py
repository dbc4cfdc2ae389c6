"""Signing in, staying in, signing out; and listening as a guest."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Cookie, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from contracts.problems import Code
from services.directory.api import cookies
from services.directory.domain.names import AnyPassword, Plain
from services.directory.guests import GUEST, Guests
from services.directory.passwords import Passwords
from services.directory.queries import people
from services.directory.queries.people import Someone
from services.directory.sessions import AccessTokens, RefreshFamilies
from services.directory.shapes import Session, UserShape
from services.kit.database import Database
from services.kit.ids import new_id
from services.kit.problems import ProblemError, responses

DAY_SECONDS = 24 * 60 * 60
WRONG = "Username and password do not match. Check both; capitals count in the password."
SIGN_IN_AGAIN = "This session is over. Sign in again."

RefreshCookie = Annotated[str | None, Cookie(alias=cookies.REFRESH, max_length=200, include_in_schema=False)]
DeviceCookie = Annotated[str | None, Cookie(alias=cookies.DEVICE, max_length=200, include_in_schema=False)]


class SignIn(BaseModel):
    username: Annotated[Plain, Field(min_length=1, max_length=60)]
    password: AnyPassword


class Sessions:
    """Answers that sign somebody in."""

    def __init__(self, tokens: AccessTokens, families: RefreshFamilies, refresh_days: int) -> None:
        self.tokens, self.families, self._seconds = tokens, families, refresh_days * DAY_SECONDS

    def of(self, someone: Someone, device: UUID | None = None) -> Session:
        token = self.tokens.of(someone, str(device) if device else None)
        user = UserShape.model_validate(someone)
        return Session(access_token=token, expires_in=self.tokens.seconds, user=user)

    async def remember(self, response: Response, request: Request, user_id: UUID) -> None:
        """Begin a session that outlives its access token."""
        self.keep(response, request, await self.families.begin(user_id))

    def keep(self, response: Response, request: Request, cookie: str) -> None:
        cookies.put(response, request, cookies.REFRESH, cookie, self._seconds)


def build_api(database: Database, passwords: Passwords, sessions: Sessions, guests: Guests) -> APIRouter:
    api = APIRouter(prefix="/v1/sessions", tags=["sessions"])

    @api.post("", responses=responses(Code.INVALID_INPUT, Code.WRONG_CREDENTIALS))
    async def sign_in(body: SignIn, request: Request, response: Response) -> Session:
        """A session for a username and its password. The refresh token is in an HttpOnly cookie."""
        known = await people.credentials(database, body.username)
        right = await passwords.matches(known.password_hash if known else None, body.password)
        someone = await people.by_id(database, known.user_id) if known and right else None
        if someone is None:
            raise ProblemError(Code.WRONG_CREDENTIALS, WRONG)
        await sessions.remember(response, request, someone.id)
        return sessions.of(someone)

    @api.post("/refresh", responses=responses(Code.UNAUTHENTICATED), response_model=Session)
    async def refresh(request: Request, cookie: RefreshCookie = None) -> JSONResponse:
        """A new access token for the refresh cookie, which is replaced; a former one ends the session everywhere."""
        refreshed = await sessions.families.refresh(cookie) if cookie else None
        someone = await people.by_id(database, refreshed.user_id) if refreshed else None
        if refreshed is None or someone is None:
            raise ProblemError(Code.UNAUTHENTICATED, SIGN_IN_AGAIN)
        response = JSONResponse(sessions.of(someone).model_dump(mode="json"))
        if refreshed.cookie:
            sessions.keep(response, request, refreshed.cookie)
        return response

    @api.delete("/current", status_code=204)
    async def sign_out(request: Request, cookie: RefreshCookie = None) -> Response:
        """End this browser's session. Access tokens already out run for what is left of their minutes."""
        if cookie:
            await sessions.families.end(cookie)
        response = Response(status_code=204)
        cookies.drop(response, request, cookies.REFRESH)
        return response

    @api.post("/guest")
    async def listen_as_guest(request: Request, response: Response, cookie: DeviceCookie = None) -> Session:
        """A guest may listen, nothing else. The same device is the same guest again."""
        device = _device(cookie) or new_id()
        cookies.put(response, request, cookies.DEVICE, str(device))
        return sessions.of(Someone(guests.user_id(device), None, GUEST), device)

    return api


def _device(cookie: str | None) -> UUID | None:
    try:
        return UUID(cookie) if cookie else None
    except ValueError:
        return None
