"""The hallway as a question: the list, one room, its audience."""

import asyncio
import time
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from contracts.problems import Code
from services.directory.api.doors import Cursor
from services.directory.api.filters import Wanted, filter_of
from services.directory.api.instants import At, past_only
from services.directory.queries import past, room, rooms
from services.directory.rooms_client import RoomsClient
from services.directory.shapes.rooms import Audience, ParticipantShape, RoomAnswer, Rooms, RoomShape
from services.kit.database import Database
from services.kit.identity import MaybeCaller, Person
from services.kit.problems import ProblemError, responses

AUDIENCE_SHOWN = 50
READ = (Code.INVALID_INPUT, Code.UNAUTHENTICATED, Code.ROOM_UNKNOWN)
WAIT_SECONDS, LOOK_SECONDS = 1.0, 0.02

MinSeq = Annotated[
    int, Query(ge=0, lt=2**63, description="Wait (up to 1 s) until this version of the room is visible here")
]


def build_api(database: Database, client: RoomsClient) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms", tags=["hallway"])

    @api.get("", responses=responses(Code.INVALID_INPUT, Code.UNAUTHENTICATED))
    async def list_rooms(
        wanted: Wanted,
        viewer: MaybeCaller,
        limit: Annotated[int, Query(ge=1, le=100)] = 100,
        cursor: Cursor = None,
        at: At = None,
    ) -> Rooms:
        """Newest first; with `state=scheduled`, soonest first. No login needed, but for private rooms of one's own.

        With `at`, the hallway as it was then: live rooms, at most 20 a page, with the names of today.
        """
        chosen = await filter_of(database, wanted, viewer)
        if at is not None:
            past_only(at, chosen)
            return Rooms.model_validate(await past.page(database, client, chosen, at, limit, cursor))
        return Rooms.model_validate(await rooms.page(database, chosen, limit, cursor))

    @api.get("/{room_id}", responses=responses(*READ, Code.NOT_YET_VISIBLE))
    async def one(room_id: UUID, viewer: MaybeCaller, min_seq: MinSeq = 0) -> RoomAnswer:
        """A room with everyone on stage and the first 50 of the audience. One that has ended is there, and empty.

        A private room is there for those in it, its planned host, and whoever is invited by name.
        """
        known = await _visible(room_id, viewer, min_seq)
        page = await room.room_page(database, room_id, AUDIENCE_SHOWN) if known else None
        if page is None:
            raise ProblemError(Code.ROOM_UNKNOWN, Code.ROOM_UNKNOWN.title)
        return RoomAnswer(room=_shape(page))

    @api.get("/{room_id}/audience", responses=responses(*READ))
    async def audience(
        room_id: UUID,
        viewer: MaybeCaller,
        limit: Annotated[int, Query(ge=1, le=100)] = AUDIENCE_SHOWN,
        cursor: Cursor = None,
    ) -> Audience:
        """Listeners by seat: those who came first are first. Of a private room, for those who may know of it."""
        if not await _visible(room_id, viewer, 0):
            raise ProblemError(Code.ROOM_UNKNOWN, Code.ROOM_UNKNOWN.title)
        page = await room.audience_page(database, room_id, limit, cursor)
        shown = [ParticipantShape.model_validate(each) for each in page.participants]
        return Audience(audience=shown, next_cursor=page.next_cursor)

    async def _visible(room_id: UUID, viewer: Person | None, min_seq: int) -> bool:
        """Whether the room is there for this viewer. Read your own writes: what a command answered is waited for.

        A private room of others is waited for like one that does not exist, so that it cannot be told from that.
        """
        viewer_id = viewer.user_id if viewer else None
        deadline = time.monotonic() + WAIT_SECONDS
        while (seq := await room.seq(database, room_id, viewer_id)) < min_seq:
            if time.monotonic() > deadline:
                message = "This is not visible here yet. Try again in a second."
                raise ProblemError(Code.NOT_YET_VISIBLE, message, {"Retry-After": "1"})
            await asyncio.sleep(LOOK_SECONDS)
        return seq > 0

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
        host=card.host,
        scheduled_for=card.scheduled_for,
        started_at=card.started_at,
        seq=card.seq,
    )
