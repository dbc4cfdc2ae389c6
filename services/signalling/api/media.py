"""The SDP exchange, in the shape of WHIP (RFC 9725). See docs/protocol.md section 5."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import httpx
from fastapi import APIRouter, Header, Path, Request, Response

from contracts.problems import Code
from contracts.room_snapshot import RoomState, Seat
from services.kit.database import Database
from services.kit.decisions import Refused
from services.kit.doors import cause_of
from services.kit.identity import AUDIENCE, Person
from services.kit.problems import ProblemError, refusal, responses
from services.kit.tokens import InvalidToken, Verifier
from services.signalling.feeds import Feeds
from services.signalling.lines import Line
from services.signalling.neighbours import Media
from services.signalling.placement import Placement
from services.signalling.presence import Presence
from services.signalling.tickets import Ticket, TicketDesk

SDP = "application/sdp"
MOST_BYTES = 65_536
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1"}
BAD_TICKET = (Code.INVALID_TICKET, "This ticket is not valid here, is too old, or was used. Join again for a new one.")
GONE = (Code.NOT_IN_ROOM, "You're not in this room any more. Step in again.")
SDP_BODY = {
    "requestBody": {
        "required": True,
        "content": {SDP: {"schema": {"type": "string", "description": "An SDP offer, up to 64 KiB"}}},
    },
    "security": [{"Ticket": []}],
}
RoomId = Annotated[UUID, Path(description="The room's id")]
SessionId = Annotated[UUID, Path(description="From the `Location` of the answer")]
Bearer = Annotated[str, Header(description="Bearer and the media ticket", include_in_schema=False)]


@dataclass(frozen=True)
class MediaDesk:
    database: Database
    tickets: TicketDesk
    people: Verifier
    feeds: Feeds
    placement: Placement
    media: Media
    presence: Presence

    async def ticket(self, authorization: str, room_id: UUID) -> Ticket:
        """Read and used up. Raises ProblemError."""
        ticket = await self.tickets.read(_token(authorization), "media", room_id)
        if ticket is None or not await self.tickets.use(ticket):
            raise ProblemError(*BAD_TICKET)
        return ticket

    async def seat(self, ticket: Ticket) -> tuple[Seat, int]:
        """The ticket's seat as it is now, and the version that this is as of. Raises ProblemError."""
        try:
            room = await self.feeds.follow(ticket.room_id, at_least=ticket.seat)
        except httpx.HTTPError as error:
            message = "Not available right now. Try again in a moment."
            raise ProblemError(Code.UNAVAILABLE, message, {"Retry-After": "1"}) from error
        if room is None or room.state is RoomState.ENDED:
            raise ProblemError(Code.ROOM_ENDED, "This room has ended. There are others in the hallway.")
        seat = room.seats.get(ticket.user_id)
        if seat is None or seat.seat != ticket.seat:
            raise ProblemError(*GONE)
        return seat, room.seq

    async def own_session(self, authorization: str, room_id: UUID, session_id: UUID) -> str:
        """The node's address of a session that the bearer may end. Raises ProblemError.

        The ticket that opened it counts whatever its age, and so does an access token of the same person.
        """
        row = await self.database.fetchrow(SESSION, session_id, room_id)
        token = _token(authorization)
        ticket = await self.tickets.read(token, "media", room_id, whatever_age=True)
        who = ticket.user_id if ticket else await self._person(token)
        if row is None or row["user_id"] != who or (ticket and ticket.jti != row["jti"]):
            raise ProblemError(Code.NOT_FOUND, "There is no such media session of yours.")
        return str(row["node_url"])

    async def _person(self, token: str) -> UUID:
        try:
            return Person.of(await self.people.verify(token, AUDIENCE)).user_id
        except (InvalidToken, ValueError, KeyError) as error:
            raise ProblemError(*BAD_TICKET) from error


def build_api(desk: MediaDesk) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms/{room_id}/media", tags=["media"])

    @api.post(
        "",
        status_code=201,
        response_class=Response,
        openapi_extra=SDP_BODY,
        responses={
            201: {"content": {SDP: {"schema": {"type": "string"}}}, "description": "The answer, with its Location"},
            **responses(
                *(Code.INVALID_SDP, Code.INVALID_TICKET, Code.NOT_IN_ROOM, Code.SUPERSEDED, Code.ROOM_ENDED),
                *(Code.PAYLOAD_TOO_LARGE, Code.UNSUPPORTED_MEDIA_TYPE, Code.UNACCEPTABLE_OFFER, Code.NO_MEDIA_NODE),
            ),
        },
    )
    async def offer(room_id: RoomId, request: Request, authorization: Bearer = "") -> Response:
        """An offer in, the answer out. One ticket opens one session."""
        text = await _offer(request)
        ticket = await desk.ticket(authorization, room_id)
        seat, seq = await desk.seat(ticket)
        node = await desk.placement.node_of(room_id, cause_of(request, ticket.user_id))
        if isinstance(node, Refused):
            return refusal(node)
        number, from_loopback = ticket.connection_no, _from_loopback(request)
        opened = await desk.media.open(node.url, room_id, seat, seq, number, text, from_loopback)
        if isinstance(opened, Refused):
            return refusal(opened)
        session_id = UUID(opened["session_id"])
        await desk.database.execute(REMEMBER, session_id, room_id, ticket.user_id, ticket.jti, node.url)
        desk.presence.sound_expected(Line(room_id, ticket.user_id, ticket.seat, number))
        headers = {"Location": f"/v1/rooms/{room_id}/media/{session_id}", "ETag": f'"{session_id}"'}
        return Response(opened["answer"], 201, headers, SDP)

    @api.patch("/{session_id}", responses=responses(Code.NOT_IMPLEMENTED, Code.NOT_FOUND, Code.INVALID_TICKET))
    async def restart(room_id: RoomId, session_id: SessionId, authorization: Bearer = "") -> None:
        """ICE restart: not yet. Make a new connection instead: join again, and offer again."""
        await desk.own_session(authorization, room_id, session_id)
        raise ProblemError(Code.NOT_IMPLEMENTED, "ICE restarts come later. Join again and make a new connection.")

    @api.delete("/{session_id}", status_code=204, responses=responses(Code.NOT_FOUND, Code.INVALID_TICKET))
    async def hang_up(room_id: RoomId, session_id: SessionId, authorization: Bearer = "") -> Response:
        """End the session: silent at once."""
        await desk.media.close(await desk.own_session(authorization, room_id, session_id), session_id)
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


def _from_loopback(request: Request) -> bool:
    """Whether the page itself came from a loopback host: only then may 127.0.0.1 be offered."""
    return request.headers.get("host", "").rpartition(":")[0] in LOOPBACK or request.headers.get("host") in LOOPBACK


def _token(authorization: str) -> str:
    return authorization.removeprefix("Bearer ")


SESSION = "select user_id, jti, node_url from media_sessions where session_id = $1 and room_id = $2"
REMEMBER = "insert into media_sessions (session_id, room_id, user_id, jti, node_url) values ($1, $2, $3, $4, $5)"
FORGET_SESSIONS = "delete from media_sessions where at < now() - interval '1 day'"
