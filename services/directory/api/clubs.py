"""Topics and clubs: finding them, founding one, saying what it is, following it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from contracts.clubs import Admission
from contracts.problems import Code
from contracts.topics import TOPICS
from services.directory.api.club_door import NO_CLUB, ClubDoor
from services.directory.api.doors import COMMAND, Cursor, Limit, Member, Search, topic_or_400
from services.directory.domain.clubs.commands import Edit, Follow, Found, Unfollow, Wishes
from services.directory.domain.names import ClubDescription, ClubName, ClubRules
from services.directory.queries import clubs, search
from services.directory.shapes.clubs import ClubAnswer, ClubDone, Clubs, ClubShape, Followed, Founded, Topic, Topics
from services.kit.database import Database
from services.kit.doors import IdempotencyKey, answer
from services.kit.identity import MaybeCaller
from services.kit.ids import new_id, now
from services.kit.problems import ProblemError, responses

TopicText = Annotated[
    str, Field(min_length=1, max_length=60, description="A topic's name or id", examples=[*TOPICS.values()])
]


class ClubChanges(BaseModel):
    """What is left out stays as it is."""

    name: ClubName | None = None
    topic: TopicText | None = None
    description: ClubDescription | None = None
    rules: ClubRules | None = None
    admission: Admission | None = None

    @property
    def wishes(self) -> Wishes:
        topic_id = topic_or_400(self.topic) if self.topic is not None else None
        return Wishes(self.name, topic_id, self.description, self.rules, self.admission)


class NewClub(ClubChanges):
    name: ClubName
    topic: TopicText


def build_api(database: Database, door: ClubDoor) -> APIRouter:
    api = APIRouter(prefix="/v1", tags=["clubs"])

    @api.get("/topics")
    async def topics(viewer: MaybeCaller) -> Topics:
        followers = await clubs.topic_followers(database, viewer.user_id if viewer else None)
        shown = [(id_, name, *followers.get(id_, (0, False))) for id_, name in TOPICS.items()]
        return Topics(
            topics=[Topic(id=id_, name=name, follower_count=count, followed=mine) for id_, name, count, mine in shown]
        )

    @api.get("/clubs", responses=responses(Code.INVALID_INPUT, Code.UNAUTHENTICATED))
    async def list_clubs(
        viewer: MaybeCaller,
        topic: Annotated[TopicText | None, Query()] = None,
        limit: Limit = 100,
        cursor: Cursor = None,
        q: Search = None,
    ) -> Clubs:
        """By name; with `q` those whose names are like it, at most 20, the best first.

        `followed`, `role`, `waiting` and `banned` are about whoever asks.
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
        topic_id = topic_or_400(body.topic)
        command = Found(new_id(), caller.user_id, body.name, topic_id, now(), more=body.wishes)
        return await door.answered(command.club_id, command, caller.user_id, request, key, 201)

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
    async def edit(
        club_id: UUID, body: ClubChanges, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """By the founder or an admin. Members stay, however others come in from now on."""
        return await door.answered(club_id, Edit(caller.user_id, body.wishes), caller.user_id, request, key)

    @api.put(
        "/clubs/{club_id}/followers/me",
        response_model=Followed,
        responses=responses(*COMMAND, Code.CLUB_BANNED, Code.NOT_FOUND, Code.USER_UNKNOWN),
    )
    async def follow(club_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        return answer(await door.handle(club_id, Follow(caller.user_id), caller.user_id, request, key))

    @api.delete("/clubs/{club_id}/followers/me", response_model=Followed, responses=responses(*COMMAND, Code.NOT_FOUND))
    async def unfollow(club_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        return answer(await door.handle(club_id, Unfollow(caller.user_id), caller.user_id, request, key))

    return api
