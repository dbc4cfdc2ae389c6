"""A room's life: open, join, leave, end; and its facts in order."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from contracts.cloudevents import to_json
from contracts.problems import Code
from contracts.room_view import view
from contracts.topics import topic_id
from contracts.visibility import as_seen
from services.kit.decisions import Refused
from services.kit.doors import IdempotencyKey, answer
from services.kit.event_store import Done
from services.kit.identity import Caller, MaybeCaller, Person
from services.kit.ids import NewId
from services.kit.problems import ProblemError, refusal
from services.rooms.api.door import Door, RoomId, refuses
from services.rooms.domain.commands import Club, End, Join, Leave, OpenRoom
from services.rooms.domain.refusals import ROOM_UNKNOWN
from services.rooms.domain.state import Room
from services.rooms.shapes import Done as DoneShape
from services.rooms.shapes import EventFeed, Joined, JoinRoom, LeaveRoom, NewRoom, Opened
from services.rooms.tickets import Tickets

FindClub = Callable[[UUID], Awaitable[Club | Refused]]
MOST_EVENTS = 1000


def build_api(door: Door, find_club: FindClub, tickets: Tickets, make_id: NewId) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms", tags=["rooms"])

    @api.post(
        "",
        status_code=201,
        response_model=Opened,
        responses=refuses(Code.GUESTS_LISTEN, Code.NOT_CLUB_ADMIN, Code.CLUB_UNKNOWN),
    )
    async def open_room(body: NewRoom, caller: Caller, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """Open a room. You have the host's seat, and then join like everybody."""
        command = await opening(make_id(), body, caller, door, find_club)
        if isinstance(command, Refused):
            return refusal(command)
        outcome = await door.handle(request, caller, key, command.room_id, command)
        return answer(outcome, opened(outcome), status=201)

    @api.post("/{room_id}/join", response_model=Joined, responses=refuses(Code.ELSEWHERE, Code.REMOVED))
    async def join(
        room_id: RoomId, body: JoinRoom, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Take a seat, or yours again after a reload; with fresh tickets each time."""
        command = Join(caller.user_id, body.connection, door.clock(), caller.guest, body.takeover)
        outcome = await door.handle(request, caller, key, room_id, command)
        return answer(outcome, joined(outcome, room_id, caller, tickets))

    @api.post("/{room_id}/leave", response_model=DoneShape, responses=refuses())
    async def leave(
        room_id: RoomId, caller: Caller, request: Request, body: LeaveRoom | None = None, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Give the seat up. Leaving when you are not there changes nothing."""
        connection = body.connection if body else None
        return await door.do(request, caller, key, room_id, Leave(caller.user_id, door.clock(), connection))

    @api.post("/{room_id}/end", response_model=DoneShape, responses=refuses(Code.NOT_HOST))
    async def end(room_id: RoomId, caller: Caller, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """End the room for everybody."""
        return await door.do(request, caller, key, room_id, End(caller.user_id))

    @api.get("/{room_id}/events", responses=refuses())
    async def events(
        room_id: RoomId,
        caller: MaybeCaller,
        after: Annotated[int, Query(ge=0, le=2**62, description="The version above which to begin")] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST_EVENTS)] = 100,
    ) -> EventFeed:
        """The room's facts in order, less those that are between moderators and the one they are about."""
        room, _ = await door.store.state(room_id)
        if not room.opened:
            raise ProblemError(ROOM_UNKNOWN.code, ROOM_UNKNOWN.message)
        envelopes, seq = await door.store.facts(room_id, after, limit)
        viewer = caller.user_id if caller else NOBODY
        seen = [(each, as_seen(each.fact, viewer, room.public.role_of(viewer))) for each in envelopes]
        return EventFeed(
            events=[to_json(each.model_copy(update={"fact": fact})) for each, fact in seen if fact], seq=seq
        )

    return api


NOBODY = UUID(int=0)


async def opening(
    room_id: UUID, body: NewRoom, caller: Person, door: Door, find_club: FindClub, seeded: bool = False
) -> OpenRoom | Refused:
    """The command, with what rooms knows of the club. Raises ProblemError for a topic that does not exist."""
    club = await find_club(body.club_id) if body.club_id else None
    if isinstance(club, Refused):
        return club
    topic = topic_id(body.topic) if body.topic is not None else None
    if body.topic is not None and topic is None:
        raise ProblemError(Code.INVALID_INPUT, f"There is no topic {body.topic!r}; see GET /v1/topics.")
    return OpenRoom(
        room_id=room_id,
        host_id=caller.user_id,
        name=body.name,
        at=door.clock(),
        guest=caller.guest,
        club=club,
        topic_id=topic,
        policy=body.policy.policy(),
        seeded=seeded,
    )


def opened(outcome: Done[Room] | Refused) -> dict[str, Any]:
    return {} if isinstance(outcome, Refused) else {"id": outcome.result["id"]}


def joined(outcome: Done[Room] | Refused, room_id: UUID, caller: Person, tickets: Tickets) -> dict[str, Any]:
    """A repeated key gives the first outcome, in the room as it is now, with tickets of its own."""
    if isinstance(outcome, Refused):
        return {}
    seat, number, user = outcome.result["seat"], outcome.result["connection_no"], caller.user_id
    role = outcome.state.public.role_of(user) or "AUDIENCE"
    return {
        "participant": {
            "user_id": str(user),
            "role": role,
            "name": caller.name,
            "seat": seat,
            "connection_no": number,
        },
        "room": view(outcome.state.public, user).model_dump(mode="json"),
        "tickets": tickets.mint(room_id, user, seat, number),
    }
