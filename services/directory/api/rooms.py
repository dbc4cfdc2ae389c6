"""The hallway as a question: the list, one room, its audience."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from contracts.problems import Code
from services.directory.api.doors import Cursor, Limit
from services.directory.api.etags import NOT_MODIFIED, unless_known
from services.directory.api.filters import Order, Ordered, Sort, Wanted, filter_of
from services.directory.api.instants import At, past_only
from services.directory.api.visible import visible
from services.directory.queries import for_you, past, ranked, room, rooms, search
from services.directory.queries.listing import Filter
from services.directory.rooms_client import RoomsClient
from services.directory.shapes.rooms import (
    Audience,
    CardForYou,
    CardShape,
    ListenerShape,
    RoomAnswer,
    Rooms,
    RoomsForYou,
    RoomShape,
    Why,
)
from services.kit.database import Database
from services.kit.identity import MaybeCaller, Person
from services.kit.ids import now
from services.kit.problems import ProblemError, responses

AUDIENCE_SHOWN = 50
READ = (Code.INVALID_INPUT, Code.UNAUTHENTICATED, Code.ROOM_UNKNOWN)

MinSeq = Annotated[
    int, Query(ge=0, lt=2**63, description="Wait (up to 1 s) until this version of the room is visible here")
]


def build_api(database: Database, client: RoomsClient) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms", tags=["hallway"])

    @api.get(
        "",
        response_model=Rooms | RoomsForYou,
        responses={**NOT_MODIFIED, **responses(Code.INVALID_INPUT, Code.UNAUTHENTICATED, Code.NOT_YET_VISIBLE)},
    )
    async def list_rooms(
        wanted: Wanted,
        order: Ordered,
        viewer: MaybeCaller,
        request: Request,
        limit: Limit = 100,
        cursor: Cursor = None,
        at: At = None,
    ) -> Response:
        """Newest first; with `state=scheduled`, soonest first; with `q`, what matches best. With `sort=for_you` each
        card says why it is there.

        No login is needed, but for private rooms of one's own. Rooms hosted by somebody whom you have blocked, or who
        has blocked you, are left out. With `at`, the hallway as it was then: live rooms, at most 20 a page, with the
        names of today.
        """
        if order.min_seq is not None:
            await visible(database, order.min_seq.room_id, viewer.user_id if viewer else None, order.min_seq.seq)
        chosen = await filter_of(database, wanted, viewer)
        if at is not None:
            past_only(at, chosen, order)
            page = await past.page(database, client, chosen, at, limit, cursor)
            return unless_known(request, Rooms.model_validate(page))
        return unless_known(request, await _listed(database, chosen, order, limit, cursor))

    @api.get(
        "/{room_id}",
        response_model=RoomAnswer,
        responses={**NOT_MODIFIED, **responses(*READ, Code.NOT_YET_VISIBLE)},
    )
    async def one(room_id: UUID, viewer: MaybeCaller, request: Request, min_seq: MinSeq = 0) -> Response:
        """A room with everyone on stage and the first 50 of the audience. One that has ended is there, and empty.

        A private room is there for those in it, its planned host, and whoever is invited by name.
        """
        known = await visible(database, room_id, viewer.user_id if viewer else None, min_seq)
        page = await room.room_page(database, room_id, AUDIENCE_SHOWN, _signed_in(viewer)) if known else None
        if page is None:
            raise ProblemError(Code.ROOM_UNKNOWN, Code.ROOM_UNKNOWN.title)
        return unless_known(request, RoomAnswer(room=_shape(page)))

    @api.get("/{room_id}/audience", responses=responses(*READ))
    async def audience(
        room_id: UUID, viewer: MaybeCaller, limit: Limit = AUDIENCE_SHOWN, cursor: Cursor = None
    ) -> Audience:
        """Listeners by seat: those who came first are first. Of a private room, for those who may know of it."""
        if not await visible(database, room_id, viewer.user_id if viewer else None, 0):
            raise ProblemError(Code.ROOM_UNKNOWN, Code.ROOM_UNKNOWN.title)
        page = await room.audience_page(database, room_id, limit, cursor, _signed_in(viewer))
        shown = [ListenerShape.model_validate(each) for each in page.participants]
        return Audience(audience=shown, next_cursor=page.next_cursor)

    return api


async def _listed(
    database: Database, wanted: Filter, order: Order, limit: int, cursor: str | None
) -> Rooms | RoomsForYou:
    async def matching() -> list[UUID]:
        return await search.rooms(database, order.q or "", wanted.states)

    if order.by is Sort.BEST_MATCH:
        return Rooms.model_validate(await ranked.page(database, wanted, matching, limit, cursor))
    among = await matching() if order.q else None
    if order.by is Sort.NEWEST:
        return Rooms.model_validate(await rooms.page(database, wanted, limit, cursor, among))
    return _for_you(await for_you.page(database, wanted, limit, cursor, among, now()))


def _for_you(page: for_you.Page) -> RoomsForYou:
    cards = [
        CardForYou(
            **vars(CardShape.model_validate(card)), reasons=[Why.model_validate(why) for why in page.reasons[card.id]]
        )
        for card in page.rooms
    ]
    return RoomsForYou(rooms=cards, next_cursor=page.next_cursor)


def _signed_in(viewer: Person | None) -> bool:
    return viewer is not None and not viewer.guest


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
        followed_by_speakers=page.followed_by_speakers,
        audience=page.audience,
        audience_count=card.participant_count - card.panel_count,
        participant_count=card.participant_count,
        host=card.host,
        scheduled_for=card.scheduled_for,
        started_at=card.started_at,
        seq=card.seq,
    )
