"""Registering: an account, and a session in it."""

import secrets
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from contracts.problems import Code
from services.directory.accounts import Accounts
from services.directory.api.signing_in import Device, Sessions
from services.directory.api.tries import Tries
from services.directory.domain.names import Email, Password, PersonName, Username
from services.directory.domain.sealing import KEY_BYTES, NONCE_BYTES
from services.directory.domain.users.registering import Register
from services.directory.domain.users.rows import Identity
from services.directory.passwords import Passwords
from services.directory.queries import people
from services.directory.shapes.people import Registered
from services.directory.tables.users import UserStore
from services.kit import commands
from services.kit.database import Database
from services.kit.decisions import Refused
from services.kit.doors import IdempotencyKey, cause_of
from services.kit.identity import MaybeCaller
from services.kit.ids import new_id, now
from services.kit.problems import ProblemError, refusal, responses


class Account(BaseModel):
    username: Username
    name: PersonName
    email: Email | None = None


class NewAccount(Account):
    password: Password


def registration(
    user_id: UUID,
    account: Account,
    password_hash: str | None,
    keeps: bool = False,
    identity: Identity | None = None,
) -> Register:
    """The command, with the clock and the randomness that it needs."""
    return Register(
        user_id,
        account.username,
        account.name,
        password_hash,
        key=secrets.token_bytes(KEY_BYTES),
        nonce=secrets.token_bytes(NONCE_BYTES),
        at=now(),
        keeps=keeps,
        identity=identity,
    )


def build_api(
    database: Database, store: UserStore, passwords: Passwords, accounts: Accounts, sessions: Sessions, tries: Tries
) -> APIRouter:
    api = APIRouter(tags=["people"])

    @api.post(
        "/v1/users",
        status_code=201,
        response_model=Registered,
        openapi_extra={"security": [{}]},  # a guest's token is welcome, and none is needed
        responses=responses(
            *(Code.INVALID_INPUT, Code.UNAUTHENTICATED, Code.USERNAME_TAKEN, Code.ALREADY_EXISTS),
            *(Code.KEY_REUSED, Code.RATE_LIMITED),
        ),
    )
    async def register(
        body: NewAccount,
        device: Device,
        request: Request,
        response: Response,
        caller: MaybeCaller,
        key: IdempotencyKey = None,
    ) -> Registered | JSONResponse:
        """An account, and a session in it, as `POST /v1/sessions` gives one.

        Whoever listens as a guest sends that token along, and keeps their seat: the account has the guest's id. A link
        that verifies the e-mail address is mailed to it.
        """
        await tries.of_registering(request)
        guest = caller if caller and caller.guest else None
        command = registration(guest.user_id if guest else new_id(), body, await passwords.hash(body.password))
        done = await store.handle(command.user_id, command, cause_of(request, command.user_id), _once(body, key))
        if isinstance(done, Refused):
            return refusal(done)
        someone = await people.by_id(database, UUID(done.result["id"]))
        if someone is None or (done.repeated and not await _same_password(body)):
            raise ProblemError(Code.KEY_REUSED, "This Idempotency-Key was used for another account. Use a new one.")
        if body.email:
            await accounts.set_email(someone.id, body.email)
        session = await sessions.begin(request, response, someone, device)
        return Registered(id=someone.id, seq=done.seq, **vars(session))

    async def _same_password(body: NewAccount) -> bool:
        known = await people.credentials(database, body.username)
        return await passwords.matches(known.password_hash if known else None, body.password)

    return api


def _once(body: NewAccount, key: str | None) -> commands.Request | None:
    """What the key stands for, but for the password: not even a hash of that one is kept with it."""
    if key is None:
        return None
    return commands.Request.of("nobody", key, "POST /v1/users", body.model_dump_json(exclude={"password"}).encode())
