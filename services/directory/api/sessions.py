"""Signing in, staying in, signing out; and listening as a guest."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Cookie, Depends, Request, Response
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
from services.directory.shapes.people import Session, UserShape
from services.kit.database import Database
from services.kit.ids import new_id
from services.kit.problems import ProblemError, responses

DAY_SECONDS = 24 * 60 * 60
WRONG = "Username and password do not match. Check both; capitals count in the password."
SIGN_IN_AGAIN = "This session is over. Sign in again."

RefreshCookie = Annotated[str | None, Cookie(alias=cookies.REFRESH, max_length=200, include_in_schema=False)]


class SignIn(BaseModel):
    username: Annotated[Plain, Field(min_length=1, max_length=60)]
    password: AnyPassword


class Sessions:
    """Answers that sign somebody in."""

    def __init__(self, tokens: AccessTokens, families: RefreshFamilies, refresh_days: int) -> None:
        self.tokens, self.families, self._seconds = tokens, families, refresh_days * DAY_SECONDS

    def of(self, someone: Someone, device: UUID | None, guest: bool = False) -> Session:
        token = self.tokens.of(someone, device, guest)
        user = UserShape.model_validate(someone)
        return Session(access_token=token, expires_in=self.tokens.seconds, user=user)

    async def remember(self, response: Response, request: Request, user_id: UUID, device: UUID) -> None:
        """Begin a session that outlives its access token, in this browser."""
        self.keep(response, request, device, await self.families.begin(user_id))

    def keep(self, response: Response, request: Request, device: UUID, refresh: str | None = None) -> None:
        """Cookies: of the device, for another year, and of the session when it has a new one."""
        cookies.put(response, request, cookies.DEVICE, str(device))
        if refresh:
            cookies.put(response, request, cookies.REFRESH, refresh, self._seconds)


def device(request: Request) -> UUID:
    """The browser's; a new one for a browser that has none yet."""
    return cookies.device_of(request) or new_id()


Device = Annotated[UUID, Depends(device)]


def build_api(database: Database, passwords: Passwords, sessions: Sessions, guests: Guests) -> APIRouter:
    api = APIRouter(prefix="/v1/sessions", tags=["sessions"])

    @api.post("", responses=responses(Code.INVALID_INPUT, Code.WRONG_CREDENTIALS))
    async def sign_in(body: SignIn, device: Device, request: Request, response: Response) -> Session:
        """A session for a username and its password. The refresh token is in an HttpOnly cookie."""
        known = await people.credentials(database, body.username)
        right = await passwords.matches(known.password_hash if known else None, body.password)
        someone = await people.by_id(database, known.user_id) if known and right else None
        if someone is None:
            raise ProblemError(Code.WRONG_CREDENTIALS, WRONG)
        await sessions.remember(response, request, someone.id, device)
        return sessions.of(someone, device)

    @api.post("/refresh", responses=responses(Code.UNAUTHENTICATED), response_model=Session)
    async def refresh(device: Device, request: Request, cookie: RefreshCookie = None) -> JSONResponse:
        """A new access token for the refresh cookie, which is replaced; a former one ends the session everywhere."""
        refreshed = await sessions.families.refresh(cookie) if cookie else None
        someone = await people.by_id(database, refreshed.user_id) if refreshed else None
        if refreshed is None or someone is None:
            raise ProblemError(Code.UNAUTHENTICATED, SIGN_IN_AGAIN)
        response = JSONResponse(sessions.of(someone, device).model_dump(mode="json"))
        sessions.keep(response, request, device, refreshed.cookie)
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
    async def listen_as_guest(device: Device, request: Request, response: Response) -> Session:
        """A guest may listen, nothing else. The same device is the same guest again."""
        sessions.keep(response, request, device)
        return sessions.of(Someone(guests.user_id(device), None, GUEST), device, guest=True)

    return api
