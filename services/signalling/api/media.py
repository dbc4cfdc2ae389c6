"""The SDP exchange, in the shape of WHIP (RFC 9725). See docs/protocol.md section 5."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from contracts.problems import Code
from services.kit.decisions import Refused
from services.kit.doors import cause_of
from services.kit.problems import ProblemError, refusal, responses
from services.signalling.exchange import Exchange

SDP = "application/sdp"
MOST_BYTES = 65_536
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1"}
SDP_BODY = {
    "requestBody": {
        "required": True,
        "content": {SDP: {"schema": {"type": "string", "description": "An SDP offer, up to 64 KiB"}}},
    },
}
NOT_YOURS = (Code.INVALID_INPUT, Code.INVALID_TICKET, Code.NOT_FOUND)
RoomId = Annotated[UUID, Path(description="The room's id")]
SessionId = Annotated[UUID, Path(description="From the `Location` of the answer")]
ticket_scheme = HTTPBearer(
    auto_error=False,
    scheme_name="Ticket",
    description="The media ticket of a join; to end a session, an access token too",
)
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(ticket_scheme)]


def build_api(exchange: Exchange) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms/{room_id}/media", tags=["media"])

    @api.post(
        "",
        status_code=201,
        response_class=Response,
        openapi_extra=SDP_BODY,
        responses={
            201: {"content": {SDP: {"schema": {"type": "string"}}}, "description": "The answer, with its Location"},
            **responses(
                *(Code.INVALID_INPUT, Code.INVALID_SDP, Code.INVALID_TICKET, Code.NOT_IN_ROOM, Code.SUPERSEDED),
                *(
                    Code.PAYLOAD_TOO_LARGE,
                    Code.UNSUPPORTED_MEDIA_TYPE,
                    Code.UNACCEPTABLE_OFFER,
                    Code.NO_MEDIA_NODE,
                    Code.UNAVAILABLE,
                ),
            ),
        },
    )
    async def offer(room_id: RoomId, request: Request, bearer: Bearer) -> Response:
        """An offer in, the answer out. One ticket opens one session."""
        text = await _offer(request)
        ticket = await exchange.ticket(_token(bearer), room_id)
        cause = cause_of(request, ticket.user_id)
        opened = await exchange.open(ticket, text, from_loopback(request.headers.get("host", "")), cause)
        if isinstance(opened, Refused):
            return refusal(opened)
        location = f"/v1/rooms/{room_id}/media/{opened.session_id}"
        headers = {"Location": location, "ETag": f'"{opened.session_id}"'}
        return Response(opened.answer, 201, headers, SDP)

    @api.patch(
        "/{session_id}",
        responses=responses(Code.INVALID_INPUT, Code.INVALID_TICKET, Code.NOT_FOUND, Code.NOT_IMPLEMENTED),
    )
    async def restart(room_id: RoomId, session_id: SessionId, bearer: Bearer) -> None:
        """ICE restart: not yet. Make a new connection instead: join again, and offer again."""
        await exchange.own_session(_token(bearer), room_id, session_id)
        raise ProblemError(Code.NOT_IMPLEMENTED, "ICE restarts come later. Join again and make a new connection.")

    @api.delete(
        "/{session_id}", status_code=204, responses=responses(Code.INVALID_INPUT, Code.INVALID_TICKET, Code.NOT_FOUND)
    )
    async def hang_up(room_id: RoomId, session_id: SessionId, bearer: Bearer) -> Response:
        """End the session: silent at once."""
        node_url = await exchange.own_session(_token(bearer), room_id, session_id)
        await exchange.hang_up(node_url, session_id)
        return Response(status_code=204)

    return api


async def _offer(request: Request) -> str:
    """The body as text. Raises ProblemError."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != SDP:
        raise ProblemError(Code.UNSUPPORTED_MEDIA_TYPE, f"Send the offer as {SDP}.")
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise ProblemError(Code.PAYLOAD_TOO_LARGE, f"An offer has at most {MOST_BYTES} bytes.")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise ProblemError(Code.INVALID_SDP, "The offer is not text in UTF-8.") from error


def from_loopback(host: str) -> bool:
    """Whether the page itself came from a loopback host (`Host`): only then may 127.0.0.1 be offered."""
    return host in LOOPBACK or host.rpartition(":")[0] in LOOPBACK


def _token(bearer: HTTPAuthorizationCredentials | None) -> str:
    return bearer.credentials if bearer else ""  # no ticket is as good as a wrong one
