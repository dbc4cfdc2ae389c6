"""Topics and clubs."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from contracts.problems import Code
from contracts.topics import TOPICS
from services.directory.api.doors import COMMAND, Cursor, Member, Search, topic_or_400
from services.directory.domain.clubs import AddAdmin, Command, Follow, Found, RemoveAdmin, Rename, Unfollow
from services.directory.domain.names import ClubName
from services.directory.queries import clubs, search
from services.directory.shapes.clubs import ClubAnswer, ClubDone, Clubs, ClubShape, Followed, Founded, Topic, Topics
from services.directory.tables.clubs import ClubStore
from services.kit.database import Database
from services.kit.decisions import Refused
from services.kit.doors import IdempotencyKey, answer, cause_of, keyed
from services.kit.identity import MaybeCaller
from services.kit.ids import new_id, now
from services.kit.problems import ProblemError, refusal, responses

TopicText = Annotated[
    str, Field(min_length=1, max_length=60, description="A topic's name or id", examples=[*TOPICS.values()])
]
NO_CLUB = "There is no such club."


class NewClub(BaseModel):
    name: ClubName
    topic: TopicText


class ClubChanges(BaseModel):
    name: ClubName


def build_api(database: Database, store: ClubStore) -> APIRouter:
    api = APIRouter(prefix="/v1", tags=["clubs"])

    @api.get("/topics")
    async def topics() -> Topics:
        return Topics(topics=[Topic(id=id_, name=name) for id_, name in TOPICS.items()])

    @api.get("/clubs", responses=responses(Code.INVALID_INPUT, Code.UNAUTHENTICATED))
    async def list_clubs(
        viewer: MaybeCaller,
        topic: Annotated[TopicText | None, Query()] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 100,
        cursor: Cursor = None,
        q: Search = None,
    ) -> Clubs:
        """By name; with `q` those whose names are like it, at most 20, the best first. `followed` is about whoever
        asks.
        """
        topic_id = topic_or_400(topic) if topic is not None else None
        viewer_id = viewer.user_id if viewer else None
        if q is not None:
            found = await search.clubs(database, q, topic_id, min(limit, 20))
            return Clubs(clubs=await clubs.by_ids(database, found, viewer_id), next_cursor=None)
        page = await clubs.page(database, viewer_id, topic_id, limit, cursor)
        return Clubs.model_validate(page)

    @api.post("/clubs", status_code=201, response_model=Founded, responses=responses(*COMMAND, Code.USER_UNKNOWN))
    async def found(body: NewClub, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        command = Found(new_id(), caller.user_id, body.name, topic_or_400(body.topic), now())
        return await _and_club(command.club_id, command, caller.user_id, request, key, 201)

    @api.get("/clubs/{club_id}", responses=responses(Code.INVALID_INPUT, Code.UNAUTHENTICATED, Code.NOT_FOUND))
    async def one(club_id: UUID, viewer: MaybeCaller) -> ClubAnswer:
        club = await clubs.by_id(database, club_id, viewer.user_id if viewer else None)
        if club is None:
            raise ProblemError(Code.NOT_FOUND, NO_CLUB)
        return ClubAnswer(club=ClubShape.model_validate(club))

    @api.patch(
        "/clubs/{club_id}",
        response_model=ClubDone,
        responses=responses(*COMMAND, Code.NOT_CLUB_ADMIN, Code.NOT_FOUND),
    )
    async def rename(
        club_id: UUID, body: ClubChanges, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """By the founder or an admin."""
        return await _and_club(club_id, Rename(caller.user_id, body.name), caller.user_id, request, key)

    @api.put(
        "/clubs/{club_id}/followers/me",
        response_model=Followed,
        responses=responses(*COMMAND, Code.NOT_FOUND, Code.USER_UNKNOWN),
    )
    async def follow(club_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        return answer(await _handle(club_id, Follow(caller.user_id), caller.user_id, request, key))

    @api.delete("/clubs/{club_id}/followers/me", response_model=Followed, responses=responses(*COMMAND, Code.NOT_FOUND))
    async def unfollow(club_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        return answer(await _handle(club_id, Unfollow(caller.user_id), caller.user_id, request, key))

    @api.put(
        "/clubs/{club_id}/admins/{user_id}",
        response_model=ClubDone,
        responses=responses(*COMMAND, Code.NOT_ALLOWED, Code.NOT_FOUND, Code.USER_UNKNOWN),
    )
    async def add_admin(
        club_id: UUID, user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """By the founder."""
        return await _and_club(club_id, AddAdmin(caller.user_id, user_id), caller.user_id, request, key)

    @api.delete(
        "/clubs/{club_id}/admins/{user_id}",
        response_model=ClubDone,
        responses=responses(*COMMAND, Code.NOT_ALLOWED, Code.NOT_FOUND),
    )
    async def remove_admin(
        club_id: UUID, user_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """By the founder; or by an admin, of themselves."""
        return await _and_club(club_id, RemoveAdmin(caller.user_id, user_id), caller.user_id, request, key)

    async def _handle(club_id: UUID, command: Command, actor: UUID, request: Request, key: str | None) -> Any:
        return await store.handle(club_id, command, cause_of(request, actor), await keyed(request, actor, key))

    async def _and_club(
        club_id: UUID, command: Command, actor: UUID, request: Request, key: str | None, status: int = 200
    ) -> JSONResponse:
        """The club as it is afterwards, beside its version."""
        done = await _handle(club_id, command, actor, request, key)
        if isinstance(done, Refused):
            return refusal(done)
        id_ = UUID(done.result.get("id", str(club_id)))
        club = ClubShape.model_validate(await clubs.by_id(database, id_, actor)).model_dump(mode="json")
        return answer(done, {"id": str(id_), "club": club}, status)

    return api
