"""My account: e-mail, password, the devices I am signed in on."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from contracts.problems import Code
from services.directory.accounts import Accounts
from services.directory.api.doors import SIGNED_IN, Member
from services.directory.api.tries import Tries
from services.directory.domain.names import AnyPassword, Email, Password
from services.directory.mails import Mails
from services.directory.passwords import Passwords
from services.directory.sessions import RefreshFamilies
from services.directory.shapes.people import Device, Devices, EmailShape, SignedOut
from services.kit.identity import Person
from services.kit.problems import ProblemError, responses

ACCOUNT = (Code.INVALID_INPUT, *SIGNED_IN, Code.WRONG_PASSWORD, Code.RATE_LIMITED)
NO_MAIL_HERE = "This installation sends no mail, so addresses cannot be verified here."
WRONG = "This is not your password. Capitals count; you can ask for a new one by mail where your address is verified."
Proof = Annotated[AnyPassword | None, Field(description="Your password, where you have one: that it is really you")]


class NewEmail(BaseModel):
    email: Email
    password: Proof = None


class NewPassword(BaseModel):
    current: Proof = None
    password: Password


def build_api(
    accounts: Accounts, mails: Mails, passwords: Passwords, families: RefreshFamilies, tries: Tries
) -> APIRouter:
    api = APIRouter(prefix="/v1/me", tags=["account"])

    @api.put("/email", status_code=202, responses=responses(*ACCOUNT, Code.UNAVAILABLE))
    async def set_email(body: NewEmail, caller: Member, request: Request) -> EmailShape:
        """A link is mailed there; until it is opened the address is not verified."""
        _must_mail()
        await really(caller, body.password, accounts, passwords, tries, request)
        await tries.of_mailing(request, str(caller.user_id))
        await accounts.set_email(caller.user_id, body.email)
        return EmailShape(email=body.email, email_verified=False)

    @api.post(
        "/email/verification",
        status_code=202,
        responses=responses(*SIGNED_IN, Code.NO_EMAIL, Code.RATE_LIMITED, Code.UNAVAILABLE),
    )
    async def mail_again(caller: Member, request: Request) -> EmailShape:
        """The link once more; the former one is worth nothing from then on."""
        _must_mail()
        account = await accounts.of(caller.user_id)
        if account is None or account.email is None:
            raise ProblemError(Code.NO_EMAIL, "You have given no e-mail address. Give one first.")
        if not account.email_verified:
            await tries.of_mailing(request, str(caller.user_id))
            await accounts.set_email(caller.user_id, account.email)
        return EmailShape(email=account.email, email_verified=account.email_verified)

    @api.delete("/email", status_code=204, responses=responses(*SIGNED_IN))
    async def remove_email(caller: Member) -> Response:
        await accounts.remove_email(caller.user_id)
        return Response(status_code=204)

    @api.put("/password", responses=responses(*ACCOUNT))
    async def set_password(body: NewPassword, caller: Member, request: Request) -> SignedOut:
        """A new one. All other devices are signed out."""
        await really(caller, body.current, accounts, passwords, tries, request)
        await accounts.set_password(caller.user_id, await passwords.hash(body.password))
        return SignedOut(signed_out=await families.revoke_others(caller.user_id, caller.session))

    @api.get("/devices", responses=responses(*SIGNED_IN))
    async def devices(caller: Member) -> Devices:
        """Where I am signed in, the last used first."""
        found = await families.open(caller.user_id)
        return Devices(devices=[Device(**vars(each), current=each.id == caller.session) for each in found])

    @api.delete(
        "/devices/{device_id}", status_code=204, responses=responses(Code.INVALID_INPUT, *SIGNED_IN, Code.NOT_FOUND)
    )
    async def sign_out(device_id: UUID, caller: Member) -> Response:
        """Its access token runs for what is left of its minutes; it gets no other."""
        if not await families.revoke(caller.user_id, device_id):
            raise ProblemError(Code.NOT_FOUND, "You are not signed in on such a device (any more).")
        return Response(status_code=204)

    @api.delete("/devices", responses=responses(*SIGNED_IN))
    async def sign_out_others(caller: Member) -> SignedOut:
        """Everywhere but here."""
        return SignedOut(signed_out=await families.revoke_others(caller.user_id, caller.session))

    def _must_mail() -> None:
        if not mails.sends:
            raise ProblemError(Code.UNAVAILABLE, NO_MAIL_HERE)

    return api


async def really(
    caller: Person, password: str | None, accounts: Accounts, passwords: Passwords, tries: Tries, request: Request
) -> None:
    """That it is the person and not somebody at their open browser: by the password, where they have one."""
    password_hash = await accounts.password_hash(caller.user_id)
    if password_hash is None:
        return
    await tries.of_signing_in(request, str(caller.user_id))
    if not await passwords.matches(password_hash, password or ""):
        raise ProblemError(Code.WRONG_PASSWORD, WRONG)
    await tries.signed_in(str(caller.user_id))
