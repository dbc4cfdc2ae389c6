"""Signing in through a provider: two pages that a browser is sent through."""

import re
import secrets
from collections.abc import Iterator
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Cookie, Query, Request
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter, ValidationError

from contracts.problems import Code
from services.directory.accounts import Accounts
from services.directory.api import cookies
from services.directory.api.registering import Account, registration
from services.directory.api.signing_in import Device, Sessions
from services.directory.domain.names import Email, PersonName, Username
from services.directory.domain.users.rows import Identity
from services.directory.oidc import MINUTES_TO_SIGN_IN, Provider, ProviderRefused
from services.directory.oidc import Identity as Claims
from services.directory.queries import people
from services.directory.queries.people import Someone
from services.directory.tables.users import UserStore
from services.kit.database import Database
from services.kit.decisions import Refused
from services.kit.doors import cause_of
from services.kit.ids import new_id
from services.kit.problems import ProblemError, responses

log = structlog.get_logger()
PATH = cookies.PATHS[cookies.PROVIDER]
REFUSED = "/sign-in?problem=provider"  # a page of the client
NO_NAME = re.compile(r"[^A-Za-z0-9_]+")
TRIES = 20
Next = Annotated[str, Query(max_length=300, pattern=r"^/([^/\s\\][^\s\\]*)?$", description="A path to come back to")]


def build_api(
    database: Database, store: UserStore, accounts: Accounts, sessions: Sessions, provider: Provider
) -> APIRouter:
    api = APIRouter(prefix=PATH, tags=["sessions"])

    @api.get("", status_code=303, response_class=RedirectResponse, responses=responses(Code.INVALID_INPUT))
    async def start(request: Request, next: Next = "/") -> RedirectResponse:
        """To the provider."""
        try:
            begun = await provider.start(next)
        except ProviderRefused as error:
            return _refused(error)
        response = RedirectResponse(begun.url, 303)
        cookies.put(response, request, cookies.PROVIDER, begun.cookie, MINUTES_TO_SIGN_IN * 60)
        return response

    @api.get("/callback", status_code=303, response_class=RedirectResponse)
    async def callback(
        request: Request,
        device: Device,
        state: Annotated[str, Query(max_length=400)] = "",
        code: Annotated[str, Query(max_length=4000)] = "",
        cookie: Annotated[str, Cookie(alias=cookies.PROVIDER, max_length=4000, include_in_schema=False)] = "",
    ) -> RedirectResponse:
        """Back from the provider, with a session; whoever comes for the first time gets an account."""
        try:
            claims, next_path = await provider.finish(cookie, state, code)
        except ProviderRefused as error:
            return _refused(error)
        someone = await _known(claims) or await _registered(claims, request)
        response = RedirectResponse(next_path, 303)
        await sessions.begin(request, response, someone, device)
        cookies.drop(response, request, cookies.PROVIDER)
        return response

    async def _known(claims: Claims) -> Someone | None:
        user_id = await accounts.by_identity(claims.iss, claims.sub)
        return await people.by_id(database, user_id) if user_id else None

    async def _registered(claims: Claims, request: Request) -> Someone:
        """Under the first name that is free. Another browser of theirs may be quicker: then it is that account."""
        for account in _accounts(claims):
            user_id = new_id()
            command = registration(user_id, account, None, identity=Identity(claims.iss, claims.sub))
            done = await store.handle(user_id, command, cause_of(request, user_id))
            if not isinstance(done, Refused) and claims.email_verified and account.email:
                await accounts.take_email(user_id, account.email)
            if someone := await _known(claims):
                return someone
        raise ProblemError(Code.USERNAME_TAKEN, "No username was free for you. Try again.")

    return api


def _accounts(claims: Claims) -> Iterator[Account]:
    """What to register somebody as: by what the provider calls them, with digits behind it while that is taken."""
    local = (claims.email or "").partition("@")[0]
    wished = [_username(text) for text in (claims.preferred_username, local, claims.name) if text]
    base = next((name for name in wished if name), "somebody")
    name = _or_none(PersonName, (claims.name or "")[:60]) or base
    email = _or_none(Email, claims.email)
    for number in range(TRIES):
        username = base if number == 0 else f"{base[:24]}_{secrets.randbelow(10**5)}"
        yield Account(username=username, name=name, email=email)


def _username(text: str) -> str | None:
    return _or_none(Username, NO_NAME.sub("_", text).strip("_")[:30])


def _or_none(kind: Any, text: str | None) -> str | None:
    try:
        valid: str = TypeAdapter[Any](kind).validate_python(text)
        return valid
    except ValidationError:
        return None


def _refused(error: ProviderRefused) -> RedirectResponse:
    log.warning("sign-in through the provider refused", reason=str(error))
    return RedirectResponse(REFUSED, 303)
