"""People: looking them up, and their pages."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from contracts.problems import Code
from services.directory.api.doors import SIGNED_IN, Cursor, Limit, Member
from services.directory.domain.names import Username
from services.directory.queries import clubs, people, profiles
from services.directory.shapes.clubs import Belongings
from services.directory.shapes.people import Acquaintances, ProfileAnswer, Users, UserShape
from services.kit.database import Database
from services.kit.identity import MaybeCaller
from services.kit.problems import ProblemError, responses

_UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
Ids = Annotated[
    str | None, Query(pattern=f"^{_UUID}(,{_UUID}){{0,99}}$", max_length=3700, description="Up to 100, commas between")
]
NOBODY = "There is no such person."
READ = responses(Code.INVALID_INPUT, Code.UNAUTHENTICATED, Code.USER_UNKNOWN)


def build_api(database: Database) -> APIRouter:
    api = APIRouter(prefix="/v1/users", tags=["people"])

    @api.get("", responses=responses(Code.INVALID_INPUT))
    async def find(ids: Ids = None, username: Annotated[Username | None, Query()] = None) -> Users:
        """People by ids, or by username: one of the two. Whoever does not exist is left out."""
        if (ids is None) == (username is None):
            raise ProblemError(Code.INVALID_INPUT, "Ask either by `ids` or by `username`.")
        if ids is not None:
            found = await people.by_ids(database, [UUID(text) for text in ids.split(",")])
        else:
            one = await people.by_username(database, username or "")
            found = [one] if one else []
        return Users(users=[UserShape.model_validate(someone) for someone in found])

    @api.get("/{user_id}", responses=READ)
    async def one(user_id: UUID, viewer: MaybeCaller) -> ProfileAnswer:
        """Their page. What it says of the two of you is about whoever asks."""
        profile = await profiles.profile(database, user_id, viewer.user_id if viewer else None)
        if profile is None:
            raise ProblemError(Code.USER_UNKNOWN, NOBODY)
        return ProfileAnswer.model_validate({"user": profile})

    @api.get("/{user_id}/followers", responses=READ)
    async def followers(user_id: UUID, viewer: MaybeCaller, limit: Limit = 100, cursor: Cursor = None) -> Acquaintances:
        """The latest first."""
        await _there(user_id)
        viewer_id = viewer.user_id if viewer else None
        return Acquaintances.model_validate(await profiles.followers(database, user_id, viewer_id, limit, cursor))

    @api.get("/{user_id}/following", responses=READ)
    async def following(user_id: UUID, viewer: MaybeCaller, limit: Limit = 100, cursor: Cursor = None) -> Acquaintances:
        """The latest first."""
        await _there(user_id)
        viewer_id = viewer.user_id if viewer else None
        return Acquaintances.model_validate(await profiles.following(database, user_id, viewer_id, limit, cursor))

    @api.get("/{user_id}/mutuals", responses=responses(Code.INVALID_INPUT, *SIGNED_IN, Code.USER_UNKNOWN))
    async def mutuals(user_id: UUID, caller: Member, limit: Limit = 100, cursor: Cursor = None) -> Acquaintances:
        """Their followers whom you follow."""
        await _there(user_id)
        page = await profiles.mutuals(database, user_id, caller.user_id, limit, cursor)
        return Acquaintances.model_validate(page)

    @api.get("/{user_id}/clubs", responses=READ)
    async def clubs_of(user_id: UUID, viewer: MaybeCaller, limit: Limit = 100, cursor: Cursor = None) -> Belongings:
        """The clubs that they belong to, and as what; the latest first."""
        await _there(user_id)
        viewer_id = viewer.user_id if viewer else None
        return Belongings.model_validate(await clubs.of_member(database, user_id, viewer_id, limit, cursor))

    async def _there(user_id: UUID) -> None:
        if await people.by_id(database, user_id) is None:
            raise ProblemError(Code.USER_UNKNOWN, NOBODY)

    return api
