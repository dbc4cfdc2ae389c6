"""A room's life: open it or plan it, change it, end it."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from contracts.problems import Code
from contracts.topics import topic_id
from services.kit.decisions import Refused
from services.kit.doors import IdempotencyKey, answer
from services.kit.event_store import Done
from services.kit.identity import Caller, Person
from services.kit.ids import NewId
from services.kit.problems import ProblemError, refusal
from services.rooms.api.door import Door, RoomId, refuses
from services.rooms.domain.commands import Club, Edit, End, OpenPlanned, OpenRoom, Schedule
from services.rooms.domain.state import Room
from services.rooms.shapes.incoming import EditRoom, NewRoom, Reason
from services.rooms.shapes.outgoing import Done as DoneShape
from services.rooms.shapes.outgoing import Opened

FindClub = Callable[[UUID], Awaitable[Club | Refused]]


def build_api(door: Door, find_club: FindClub, make_id: NewId) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms", tags=["rooms"])

    @api.post(
        "",
        status_code=201,
        response_model=Opened,
        responses=refuses(Code.GUESTS_LISTEN, Code.NOT_CLUB_ADMIN, Code.CLUB_UNKNOWN),
    )
    async def open_room(body: NewRoom, caller: Caller, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """Open a room. You have the host's seat, and then join like everybody.

        With `scheduled_for` it is planned: you open it, or it opens by itself at that time and waits 15 min for you.
        """
        command = await opening(make_id(), body, caller, door, find_club)
        if isinstance(command, Refused):
            return refusal(command)
        outcome = await door.handle(request, caller, key, command.room_id, command)
        return answer(outcome, opened(outcome), status=201)

    @api.post("/{room_id}/open", response_model=DoneShape, responses=refuses(Code.NOT_HOST, Code.ALREADY_OPEN))
    async def open_planned(
        room_id: RoomId, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Open a planned room now, as its host. Any admin may open a club's room, and is its host then."""
        return await door.do(request, caller, key, room_id, OpenPlanned(caller.user_id, door.clock()))

    @api.patch(
        "/{room_id}",
        response_model=DoneShape,
        responses=refuses(Code.NOT_HOST, Code.NOT_MODERATOR, Code.ALREADY_OPEN),
    )
    async def edit(
        room_id: RoomId, body: EditRoom, caller: Caller, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Change its name, its policy, or the time of a planned room. Moderators close and open hands, nothing else."""
        changes = body.policy.changes() if body.policy else {}
        command = Edit(caller.user_id, door.clock(), body.name, changes, body.scheduled_for)
        return await door.do(request, caller, key, room_id, command)

    @api.post("/{room_id}/end", response_model=DoneShape, responses=refuses(Code.NOT_HOST))
    async def end(
        room_id: RoomId, caller: Caller, request: Request, body: Reason | None = None, key: IdempotencyKey = None
    ) -> JSONResponse:
        """End the room for everybody, or cancel a planned one. Operators of this installation may end any room."""
        command = End(caller.user_id, caller.operator, body.why if body else None)
        return await door.do(request, caller, key, room_id, command)

    return api


async def opening(
    room_id: UUID, body: NewRoom, caller: Person, door: Door, find_club: FindClub, seeded: bool = False
) -> OpenRoom | Schedule | Refused:
    """The command, with what rooms knows of the club. Raises ProblemError for a topic that does not exist."""
    club = await find_club(body.club_id) if body.club_id else None
    if isinstance(club, Refused):
        return club
    topic = topic_id(body.topic) if body.topic is not None else None
    if body.topic is not None and topic is None:
        raise ProblemError(Code.INVALID_INPUT, f"There is no topic {body.topic!r}; see GET /v1/topics.")
    new: dict[str, Any] = {
        **{"room_id": room_id, "host_id": caller.user_id, "name": body.name, "at": door.clock(), "guest": caller.guest},
        **{"club": club, "topic_id": topic, "policy": body.policy.policy()},
    }
    if body.scheduled_for:
        return Schedule(**new, scheduled_for=body.scheduled_for)
    return OpenRoom(**new, seeded=seeded)


def opened(outcome: Done[Room] | Refused) -> dict[str, Any]:
    return {} if isinstance(outcome, Refused) else {"id": outcome.result["id"]}
