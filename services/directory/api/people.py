"""People: registering, looking up, renaming."""

import secrets
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from contracts.problems import Code
from services.directory.api.doors import COMMAND, Member, Search
from services.directory.api.sessions import Device, Sessions
from services.directory.domain.names import Email, Password, PersonName, Username
from services.directory.domain.sealing import KEY_BYTES, NONCE_BYTES
from services.directory.domain.users import Register, Rename
from services.directory.passwords import Passwords
from services.directory.queries import people, search
from services.directory.shapes.people import Me, MyShape, Registered, Renamed, UserAnswer, Users, UserShape
from services.directory.tables.users import UserStore
from services.kit import commands
from services.kit.database import Database
from services.kit.decisions import Refused
from services.kit.doors import IdempotencyKey, answer, cause_of, keyed
from services.kit.identity import Caller
from services.kit.ids import new_id, now
from services.kit.problems import ProblemError, refusal, responses

_UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
Ids = Annotated[
    str | None, Query(pattern=f"^{_UUID}(,{_UUID}){{0,99}}$", max_length=3700, description="Up to 100, commas between")
]
NOBODY = "There is no such person."


class Account(BaseModel):
    username: Username
    name: PersonName
    email: Email | None = None


class NewAccount(Account):
    password: Password


class MyChanges(BaseModel):
    name: PersonName


def registration(user_id: UUID, account: Account, password_hash: str | None, keeps: bool = False) -> Register:
    """The command, with the clock and the randomness that it needs."""
    return Register(
        user_id,
        account.username,
        account.name,
        account.email,
        password_hash,
        key=secrets.token_bytes(KEY_BYTES),
        nonce=secrets.token_bytes(NONCE_BYTES),
        at=now(),
        keeps=keeps,
    )


def build_api(database: Database, store: UserStore, passwords: Passwords, sessions: Sessions) -> APIRouter:
    api = APIRouter(tags=["people"])

    @api.post(
        "/v1/users",
        status_code=201,
        response_model=Registered,
        responses=responses(Code.INVALID_INPUT, Code.USERNAME_TAKEN, Code.KEY_REUSED),
    )
    async def register(body: NewAccount, device: Device, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """An account, and a session in it, as `POST /v1/sessions` gives one."""
        command = registration(new_id(), body, await passwords.hash(body.password))
        done = await store.handle(command.user_id, command, cause_of(request, command.user_id), _once(body, key))
        if isinstance(done, Refused):
            return refusal(done)
        someone = await people.by_id(database, UUID(done.result["id"]))
        if someone is None or (done.repeated and not await _same_password(body)):
            raise ProblemError(Code.KEY_REUSED, "This Idempotency-Key was used for another account. Use a new one.")
        session = sessions.of(someone, device).model_dump(mode="json")
        response = answer(done, {"id": str(someone.id), **session}, 201)
        await sessions.remember(response, request, someone.id, device)
        return response

    async def _same_password(body: NewAccount) -> bool:
        known = await people.credentials(database, body.username)
        return await passwords.matches(known.password_hash if known else None, body.password)

    @api.get("/v1/users", responses=responses(Code.INVALID_INPUT))
    async def find(
        ids: Ids = None,
        username: Annotated[Username | None, Query()] = None,
        q: Search = None,
        limit: Annotated[int, Query(ge=1, le=20)] = 20,
    ) -> Users:
        """People by ids, by username, or by `q`, what their names are like: one of these. Whoever does not exist is
        left out.
        """
        if [ids, username, q].count(None) != 2:
            raise ProblemError(Code.INVALID_INPUT, "Ask either by `ids`, by `username`, or by `q`.")
        if q is not None:
            found = await people.by_ids(database, await search.people(database, q, limit))
        elif ids is not None:
            found = await people.by_ids(database, [UUID(text) for text in ids.split(",")])
        else:
            one = await people.by_username(database, username or "")
            found = [one] if one else []
        return Users(users=[UserShape.model_validate(someone) for someone in found])

    @api.get("/v1/users/{user_id}", responses=responses(Code.INVALID_INPUT, Code.USER_UNKNOWN))
    async def one(user_id: UUID) -> UserAnswer:
        someone = await people.by_id(database, user_id)
        if someone is None:
            raise ProblemError(Code.USER_UNKNOWN, NOBODY)
        return UserAnswer(user=UserShape.model_validate(someone))

    @api.get("/v1/me", responses=responses(Code.UNAUTHENTICATED, Code.USER_UNKNOWN))
    async def me(caller: Caller) -> Me:
        """Who this token stands for; of a guest there is nothing but the token."""
        if caller.guest:
            return Me(user=MyShape(id=caller.user_id, username=None, name=caller.name, guest=True))
        someone = await people.by_id(database, caller.user_id)
        if someone is None:
            raise ProblemError(Code.USER_UNKNOWN, NOBODY)
        email = await people.email(database, someone.id)
        return Me(user=MyShape(**vars(someone), email=email))

    @api.patch("/v1/me", response_model=Renamed, responses=responses(*COMMAND, Code.USER_UNKNOWN))
    async def rename(body: MyChanges, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """A new name: others see it at once, tokens carry it from the next one on."""
        command = Rename(body.name, secrets.token_bytes(NONCE_BYTES))
        cause, once = cause_of(request, caller.user_id), await keyed(request, caller.user_id, key)
        done = await store.handle(caller.user_id, command, cause, once)
        if isinstance(done, Refused):
            return refusal(done)
        someone = await people.by_id(database, caller.user_id)
        return answer(done, {"user": UserShape.model_validate(someone).model_dump(mode="json")})

    return api


def _once(body: NewAccount, key: str | None) -> commands.Request | None:
    """What the key stands for, but for the password: not even a hash of that one is kept with it."""
    if key is None:
        return None
    return commands.Request.of("nobody", key, "POST /v1/users", body.model_dump_json(exclude={"password"}).encode())
