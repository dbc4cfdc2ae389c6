"""Where the links of mails lead: their pages send what stands behind the `#`, which no server and no log has seen."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from contracts.problems import Code
from services.directory.accounts import Accounts
from services.directory.api.signing_in import Device, Sessions
from services.directory.api.tries import Tries
from services.directory.domain.names import Password
from services.directory.passwords import Passwords
from services.directory.queries import people
from services.directory.shapes.people import EmailShape, Session
from services.kit.database import Database
from services.kit.problems import ProblemError, responses
from services.kit.texts import Plain

OVER = "This link was used, ran out, or a newer mail has taken its place. Ask for another one."
Secret = Annotated[Plain, Field(min_length=20, max_length=100, description="What stands behind `#token=`")]


class Verification(BaseModel):
    token: Secret


class ResetRequest(BaseModel):
    username: Annotated[Plain, Field(min_length=1, max_length=60)]


class Reset(BaseModel):
    token: Secret
    password: Password


def build_api(
    database: Database, accounts: Accounts, passwords: Passwords, sessions: Sessions, tries: Tries
) -> APIRouter:
    api = APIRouter(prefix="/v1", tags=["account"])

    @api.post("/email-verifications", responses=responses(Code.INVALID_INPUT, Code.LINK_EXPIRED))
    async def verify(body: Verification) -> EmailShape:
        """No sign-in needed: whoever reads the mail has the address."""
        email = await accounts.verify_email(body.token)
        if email is None:
            raise ProblemError(Code.LINK_EXPIRED, OVER)
        return EmailShape(email=email, email_verified=True)

    @api.post("/password-resets", status_code=202, responses=responses(Code.INVALID_INPUT, Code.RATE_LIMITED))
    async def ask(body: ResetRequest, request: Request) -> Response:
        """A link is mailed to the verified address of this account, if there are both. Always the same answer."""
        await tries.of_mailing(request, body.username)
        await accounts.ask_for_reset(body.username)
        return Response(status_code=202)

    @api.put("/password-resets", responses=responses(Code.INVALID_INPUT, Code.LINK_EXPIRED))
    async def reset(body: Reset, device: Device, request: Request, response: Response) -> Session:
        """A new password, and a session here; every other device is signed out."""
        user_id = await accounts.for_reset(body.token)
        someone = await people.by_id(database, user_id) if user_id else None
        if someone is None:
            raise ProblemError(Code.LINK_EXPIRED, OVER)
        await accounts.set_password(someone.id, await passwords.hash(body.password))
        await sessions.families.revoke_others(someone.id, None)
        return await sessions.begin(request, response, someone, device)

    return api
