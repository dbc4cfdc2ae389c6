"""What the law and good manners ask for: everything about me, and being forgotten."""

from collections.abc import Iterator
from typing import IO

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from contracts.problems import Code
from services.directory.accounts import Accounts
from services.directory.api import cookies
from services.directory.api.account import Proof, really
from services.directory.api.doors import SIGNED_IN, Member
from services.directory.api.tries import Tries
from services.directory.domain.names import Username
from services.directory.domain.users.erasing import Erase
from services.directory.exporting import Exports
from services.directory.passwords import Passwords
from services.directory.tables.users import UserStore
from services.kit.decisions import Refused
from services.kit.doors import cause_of
from services.kit.problems import ProblemError, refusal, responses

CHUNK_BYTES = 64 * 1024
NOT_YOU = "To erase your account for ever, type your own username."


class Farewell(BaseModel):
    username: Username
    password: Proof = None


def build_api(store: UserStore, accounts: Accounts, passwords: Passwords, exports: Exports, tries: Tries) -> APIRouter:
    api = APIRouter(prefix="/v1/me", tags=["account"])

    @api.get(
        "/export",
        response_class=StreamingResponse,
        responses={
            200: {"content": {"application/zip": {}}, "description": "A ZIP of JSON files"},
            **responses(*SIGNED_IN, Code.RATE_LIMITED, Code.UNAVAILABLE),
        },
    )
    async def export(caller: Member) -> StreamingResponse:
        """Everything about me."""
        await tries.of_exporting(str(caller.user_id))
        file = await exports.of(caller.user_id)
        headers = {"Content-Disposition": f'attachment; filename="hallway-{caller.username}.zip"'}
        return StreamingResponse(_chunks(file), media_type="application/zip", headers=headers)

    @api.post(
        "/erasure",
        status_code=204,
        responses=responses(Code.INVALID_INPUT, *SIGNED_IN, Code.WRONG_PASSWORD, Code.USER_UNKNOWN, Code.RATE_LIMITED),
    )
    async def erase(body: Farewell, caller: Member, request: Request) -> Response:
        """For ever: my key is destroyed, and I am "a former member" everywhere. My clubs go to their next admin."""
        if body.username.lower() != (caller.username or "").lower():
            raise ProblemError(Code.INVALID_INPUT, NOT_YOU)
        await really(caller, body.password, accounts, passwords, tries, request)
        done = await store.handle(caller.user_id, Erase(), cause_of(request, caller.user_id))
        if isinstance(done, Refused):
            return refusal(done)
        response = Response(status_code=204)
        cookies.drop(response, request, cookies.REFRESH)
        return response

    return api


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
