"""The hallway as a question: the list, one room, its audience."""

import asyncio
import time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from contracts.problems import Code
from services.directory.api.doors import Cursor
from services.directory.api.filters import Wanted, filter_of
from services.directory.queries import room, rooms
from services.directory.shapes import Audience, ParticipantShape, RoomAnswer, Rooms, RoomShape
from services.kit.database import Database
from services.kit.problems import ProblemError, responses

AUDIENCE_SHOWN = 50
WAIT_SECONDS, LOOK_SECONDS = 1.0, 0.02

MinSeq = Annotated[
    int, Query(ge=0, lt=2**63, description="Wait (up to 1 s) until this version of the room is visible here")
]


def build_api(database: Database) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms", tags=["hallway"])

    @api.get("", responses=responses(Code.INVALID_INPUT))
    async def list_rooms(
        wanted: Wanted, limit: Annotated[int, Query(ge=1, le=100)] = 100, cursor: Cursor = None
    ) -> Rooms:
        """Newest first. No login needed."""
        return Rooms.model_validate(await rooms.page(database, await filter_of(database, wanted), limit, cursor))

    @api.get("/{room_id}", responses=responses(Code.INVALID_INPUT, Code.ROOM_UNKNOWN, Code.NOT_YET_VISIBLE))
    async def one(room_id: UUID, min_seq: MinSeq = 0) -> RoomAnswer:
        """A room with everyone on stage and the first 50 of the audience. One that has ended is there, and empty."""
        await _visible(room_id, min_seq)
        page = await room.room_page(database, room_id, AUDIENCE_SHOWN)
        if page is None:
            raise ProblemError(Code.ROOM_UNKNOWN, Code.ROOM_UNKNOWN.title)
        return RoomAnswer(room=_shape(page))

    @api.get("/{room_id}/audience", responses=responses(Code.INVALID_INPUT, Code.ROOM_UNKNOWN))
    async def audience(
        room_id: UUID, limit: Annotated[int, Query(ge=1, le=100)] = AUDIENCE_SHOWN, cursor: Cursor = None
    ) -> Audience:
        """Listeners by seat: those who came first are first."""
        if not await room.seq(database, room_id):
            raise ProblemError(Code.ROOM_UNKNOWN, Code.ROOM_UNKNOWN.title)
        page = await room.audience_page(database, room_id, limit, cursor)
        shown = [ParticipantShape.model_validate(each) for each in page.participants]
        return Audience(audience=shown, next_cursor=page.next_cursor)

    async def _visible(room_id: UUID, min_seq: int) -> None:
        """Read your own writes: what a command answered as `seq` is waited for."""
        deadline = time.monotonic() + WAIT_SECONDS
        while min_seq and await room.seq(database, room_id) < min_seq:
            if time.monotonic() > deadline:
                message = "This is not visible here yet. Try again in a second."
                raise ProblemError(Code.NOT_YET_VISIBLE, message, {"Retry-After": "1"})
            await asyncio.sleep(LOOK_SECONDS)

    return api


def _shape(page: room.RoomPage) -> RoomShape:
    card = page.card
    return RoomShape(
        id=card.id,
        name=card.name,
        club_id=card.club_id,
        club_name=card.club_name,
        topic=card.topic,
        state=card.state,
        policy=page.policy,
        panel=page.panel,
        panel_count=card.panel_count,
        audience=page.audience,
        audience_count=card.participant_count - card.panel_count,
        participant_count=card.participant_count,
        started_at=card.started_at,
        seq=card.seq,
    )
