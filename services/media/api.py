"""HTTP in, from signalling only: offers, goodbyes, roles, signs of life."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from contracts.problems import Code
from contracts.roles import Role
from services.kit.problems import ProblemError, responses
from services.kit.service_tokens import ServiceTokens, only_services
from services.media.admission import NodeFull
from services.media.consumers import RoomFollower
from services.media.engine.gate import Standing
from services.media.engine.offer import InvalidSdp, UnacceptableOffer
from services.media.engine.sessions import Superseded
from services.media.joining import Joining, NotInRoom
from services.media.node import MediaNode
from services.media.restarting import Ended, Restart, Stale

MOST_SEATS = 10_000
SeatNumber = Annotated[int, Field(ge=1, lt=2**32)]  # it is the CSRC of a voice
Seq = Annotated[int, Field(ge=0, lt=2**63)]


class Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SeatStanding(Body):
    user_id: UUID
    seat: SeatNumber
    role: Role
    muted: bool  # by a moderator

    def as_of(self, seq: int) -> Standing:
        return Standing(self.seat, self.role, self.muted, seq)


class SessionRequest(SeatStanding):
    offer: str = Field(max_length=200_000)
    from_loopback: bool
    connection_no: int = Field(ge=0)
    seq: Seq  # what `role` and `muted` are as of


class SessionAnswer(Body):
    session_id: UUID
    answer: str
    etag: str


class RestartRequest(Body):
    fragment: str = Field(max_length=200_000)
    if_match: str
    from_loopback: bool


class RestartAnswer(Body):
    fragment: str | None  # None: nothing to say
    etag: str


class Seats(Body):
    seq: Seq
    seats: Annotated[list[SeatStanding], Field(max_length=MOST_SEATS)]


class Connection(Body):
    room_id: UUID
    user_id: UUID
    seat: SeatNumber
    connection_no: int


class Question(Body):
    seats: Annotated[list[Connection], Field(max_length=MOST_SEATS)]


class Alive(Body):
    alive: list[Connection]


def build_api(node: MediaNode, follower: RoomFollower, tokens: ServiceTokens) -> APIRouter:
    api = APIRouter(prefix="/internal", dependencies=[only_services(tokens)], tags=["internal"])

    @api.post(
        "/rooms/{room_id}/sessions",
        status_code=201,
        responses=responses(
            Code.INVALID_SDP, Code.UNACCEPTABLE_OFFER, Code.SUPERSEDED, Code.NOT_IN_ROOM, Code.NODE_FULL
        ),
    )
    async def open_session(room_id: UUID, body: SessionRequest) -> SessionAnswer:
        """Answer an offer; the newest connection of a person in a room replaces their former one."""
        standing = follower.newest(room_id, body.user_id, body.as_of(body.seq))
        joining = Joining(room_id, body.user_id, body.connection_no, standing, body.offer, body.from_loopback)
        try:
            who, answer = node.open(joining)
        except NodeFull as error:
            raise ProblemError(Code.NODE_FULL, str(error), {"Retry-After": str(error.retry_seconds)}) from error
        except InvalidSdp as error:
            raise ProblemError(Code.INVALID_SDP, str(error)) from error
        except UnacceptableOffer as error:
            raise ProblemError(Code.UNACCEPTABLE_OFFER, str(error)) from error
        except Superseded as error:
            raise ProblemError(Code.SUPERSEDED, "You are in this room with a newer connection.") from error
        except NotInRoom as error:
            raise ProblemError(Code.NOT_IN_ROOM, "You are not in this room any more.") from error
        follower.follow(room_id)
        return SessionAnswer(session_id=who.session_id, answer=answer, etag=who.etag)

    @api.patch("/sessions/{session_id}/ice", responses=responses(Code.INVALID_SDP, Code.NOT_FOUND, Code.STALE))
    async def restart_ice(session_id: UUID, body: RestartRequest) -> RestartAnswer:
        """Other ICE credentials for the same sound."""
        try:
            who, fragment = node.restart(session_id, Restart(body.fragment, body.if_match, body.from_loopback))
        except InvalidSdp as error:
            raise ProblemError(Code.INVALID_SDP, str(error)) from error
        except Stale as error:
            raise ProblemError(
                Code.STALE, "If-Match is not of this connection as it is now. To restart, send *."
            ) from error
        except Ended as error:
            raise ProblemError(Code.NOT_FOUND, "This sound has ended. Join again and make a new connection.") from error
        return RestartAnswer(fragment=fragment, etag=who.etag)

    @api.delete("/sessions/{session_id}", status_code=204)
    async def close_session(session_id: UUID) -> Response:
        """Hang up; harmless when repeated."""
        node.close(session_id, "closed")
        return Response(status_code=204)

    @api.put("/rooms/{room_id}/seats", status_code=204)
    async def tell_seats(room_id: UUID, body: Seats) -> Response:
        """Everyone in the room as of `seq`, when the log does not reach us; who is not listed is out."""
        standings = [seat.as_of(body.seq) for seat in body.seats]
        node.obey(room_id, body.seq, standings, everyone=True)
        return Response(status_code=204)

    @api.post("/liveness")
    async def liveness(body: Question) -> Alive:
        """Which of these connections gave a sign of life (a valid check or an authentic packet) in the last 10 s."""
        return Alive(
            alive=[one for one in body.seats if node.is_alive(one.room_id, one.user_id, one.seat, one.connection_no)]
        )

    return api
