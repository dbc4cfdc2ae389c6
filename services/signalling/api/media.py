"""The SDP exchange, in the shape of WHIP (RFC 9725). See docs/protocol.md section 5."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from contracts.problems import Code
from services.kit.decisions import Refused
from services.kit.doors import cause_of
from services.kit.problems import ProblemError, refusal, responses
from services.signalling.exchange import Exchange

SDP, FRAGMENT = "application/sdp", "application/trickle-ice-sdpfrag"
MOST_BYTES = 65_536
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1"}
NOT_YOURS = (Code.INVALID_INPUT, Code.INVALID_TICKET, Code.NOT_FOUND)
UNREADABLE = (Code.INVALID_SDP, Code.PAYLOAD_TOO_LARGE, Code.UNSUPPORTED_MEDIA_TYPE)
UNANSWERED = (
    *(Code.INVALID_INPUT, Code.INVALID_TICKET, Code.NOT_IN_ROOM, Code.SUPERSEDED, Code.ROOM_ENDED),
    *(Code.UNACCEPTABLE_OFFER, Code.NO_MEDIA_NODE, Code.NODE_FULL, Code.UNAVAILABLE),
)
RoomId = Annotated[UUID, Path(description="The room's id")]
IfMatch = Annotated[str | None, Header(description="`*`, or the ETag of the answer that this is about")]
SessionId = Annotated[UUID, Path(description="From the `Location` of the answer")]
ticket_scheme = HTTPBearer(
    auto_error=False,
    scheme_name="Ticket",
    description="The media ticket of a join; to restart or end a session, an access token too",
)
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(ticket_scheme)]


def _body(type_: str, what: str) -> dict[str, Any]:
    schema = {"type": "string", "description": f"{what}, up to {MOST_BYTES // 1024} KiB"}
    return {"requestBody": {"required": True, "content": {type_: {"schema": schema}}}}


OFFER_BODY, FRAGMENT_BODY = _body(SDP, "An SDP offer"), _body(FRAGMENT, "ICE credentials or candidates")


def build_api(exchange: Exchange) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms/{room_id}/media", tags=["media"])

    @api.post(
        "",
        status_code=201,
        response_class=Response,
        openapi_extra=OFFER_BODY,
        responses={
            201: {"content": {SDP: {"schema": {"type": "string"}}}, "description": "The answer, with its Location"},
            **responses(*UNREADABLE, *UNANSWERED),
        },
    )
    async def offer(room_id: RoomId, request: Request, bearer: Bearer) -> Response:
        """An offer in, the answer out. One ticket opens one session."""
        text = await _text(request, SDP)
        ticket = await exchange.ticket(_token(bearer), room_id)
        cause = cause_of(request, ticket.user_id)
        opened = await exchange.open(ticket, text, from_loopback(request.headers.get("host", "")), cause)
        if isinstance(opened, Refused):
            return refusal(opened)
        location = f"/v1/rooms/{room_id}/media/{opened.session_id}"
        headers = {"Location": location, "ETag": f'"{opened.etag}"'}
        return Response(opened.answer, 201, headers, SDP)

    @api.patch(
        "/{session_id}",
        response_class=Response,
        openapi_extra=FRAGMENT_BODY,
        responses={
            200: {"content": {FRAGMENT: {"schema": {"type": "string"}}}, "description": "Our end after the restart"},
            204: {"description": "Only candidates, and they are learnt from your checks"},
            **responses(*NOT_YOURS, *UNREADABLE, Code.STALE, Code.IF_MATCH_NEEDED, Code.UNAVAILABLE),
        },
    )
    async def restart(
        room_id: RoomId, session_id: SessionId, request: Request, bearer: Bearer, if_match: IfMatch = None
    ) -> Response:
        """ICE restart, when one's network changed: another path for the same sound (RFC 9725 section 4.3.3)."""
        text = await _text(request, FRAGMENT)
        node_url = await exchange.own_session(_token(bearer), room_id, session_id)
        if not if_match:
            raise ProblemError(Code.IF_MATCH_NEEDED, "Send If-Match: * to restart, or the ETag of the last answer.")
        host = request.headers.get("host", "")
        restarted = await exchange.restart(node_url, session_id, text, if_match, from_loopback(host))
        if isinstance(restarted, Refused):
            return refusal(restarted)
        headers = {"ETag": f'"{restarted.etag}"'}
        if restarted.fragment is None:
            return Response(None, 204, headers)
        return Response(restarted.fragment, 200, headers, FRAGMENT)

    @api.delete("/{session_id}", status_code=204, responses=responses(*NOT_YOURS))
    async def hang_up(room_id: RoomId, session_id: SessionId, bearer: Bearer) -> Response:
        """End the session: silent at once."""
        node_url = await exchange.own_session(_token(bearer), room_id, session_id)
        await exchange.hang_up(node_url, session_id)
        return Response(status_code=204)

    return api


async def _text(request: Request, type_: str) -> str:
    """The body, which has to be of this type. Raises ProblemError."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != type_:
        raise ProblemError(Code.UNSUPPORTED_MEDIA_TYPE, f"Send this as {type_}.")
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise ProblemError(Code.PAYLOAD_TOO_LARGE, f"Send at most {MOST_BYTES} bytes here.")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise ProblemError(Code.INVALID_SDP, "This is not text in UTF-8.") from error


def from_loopback(host: str) -> bool:
    """Whether the page itself came from a loopback host (`Host`): only then may 127.0.0.1 be offered."""
    return host in LOOPBACK or host.rpartition(":")[0] in LOOPBACK


def _token(bearer: HTTPAuthorizationCredentials | None) -> str:
    return bearer.credentials if bearer else ""  # no ticket is as good as a wrong one
