"""Me: what I say of myself, and the topics that I follow."""

import secrets
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from contracts.problems import Code
from contracts.topics import TOPICS
from contracts.users import Profile
from services.directory.accounts import Accounts
from services.directory.api.doors import COMMAND, SIGNED_IN, Cursor, Limit, Member
from services.directory.api.people import NOBODY
from services.directory.domain.names import Bio, Links, PersonName
from services.directory.domain.sealing import NONCE_BYTES
from services.directory.domain.users.describing import Describe
from services.directory.domain.users.topics import Command, FollowTopic, UnfollowTopic
from services.directory.queries import clubs, people
from services.directory.shapes.clubs import Belongings, Followed, Invitations
from services.directory.shapes.people import Described, Me, MyShape
from services.directory.tables.users import UserStore
from services.kit.database import Database
from services.kit.decisions import Refused
from services.kit.doors import IdempotencyKey, answer, cause_of, keyed
from services.kit.identity import Caller, Person
from services.kit.ids import now
from services.kit.problems import ProblemError, refusal, responses


class MyChanges(BaseModel):
    """What is left out stays as it is."""

    name: PersonName | None = None
    bio: Bio | None = None
    links: Links | None = None


def build_api(database: Database, store: UserStore, accounts: Accounts) -> APIRouter:
    api = APIRouter(prefix="/v1/me", tags=["people"])

    @api.get("", responses=responses(Code.UNAUTHENTICATED, Code.USER_UNKNOWN))
    async def me(caller: Caller) -> Me:
        """Who this token stands for; of a guest there is nothing but the token."""
        return Me(user=await _me(caller))

    @api.patch("", response_model=Described, responses=responses(*COMMAND, Code.USER_UNKNOWN))
    async def describe(body: MyChanges, caller: Member, request: Request, key: IdempotencyKey = None) -> JSONResponse:
        """Others see it at once; a name is in tokens from the next one on."""
        nonces = secrets.token_bytes(NONCE_BYTES), secrets.token_bytes(NONCE_BYTES)
        command = Describe(Profile(**vars(body)), nonces)
        cause, once = cause_of(request, caller.user_id), await keyed(request, caller.user_id, key)
        done = await store.handle(caller.user_id, command, cause, once)
        if isinstance(done, Refused):
            return refusal(done)
        return answer(done, {"user": (await _me(caller)).model_dump(mode="json")})

    @api.put("/topics/{topic_id}", response_model=Followed, responses=responses(*COMMAND, Code.NOT_FOUND))
    async def follow_topic(
        topic_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        """Rooms on it come sooner in `sort=for_you`."""
        return await _of_topic(FollowTopic(topic_id, now()), caller.user_id, request, key)

    @api.delete("/topics/{topic_id}", response_model=Followed, responses=responses(*COMMAND, Code.NOT_FOUND))
    async def unfollow_topic(
        topic_id: UUID, caller: Member, request: Request, key: IdempotencyKey = None
    ) -> JSONResponse:
        return await _of_topic(UnfollowTopic(topic_id), caller.user_id, request, key)

    @api.get("/clubs", responses=responses(Code.INVALID_INPUT, *SIGNED_IN))
    async def my_clubs(caller: Member, limit: Limit = 100, cursor: Cursor = None) -> Belongings:
        """The clubs that I belong to, the latest first."""
        page = await clubs.of_member(database, caller.user_id, caller.user_id, limit, cursor)
        return Belongings.model_validate(page)

    @api.get("/club-invitations", responses=responses(Code.INVALID_INPUT, *SIGNED_IN))
    async def my_invitations(caller: Member, limit: Limit = 100, cursor: Cursor = None) -> Invitations:
        """Accept one with `PUT /v1/clubs/{id}/members/me`, decline it with `DELETE`."""
        return Invitations.model_validate(await clubs.invitations_of(database, caller.user_id, limit, cursor))

    async def _of_topic(command: Command, actor: UUID, request: Request, key: str | None) -> JSONResponse:
        if command.topic_id not in TOPICS:
            raise ProblemError(Code.NOT_FOUND, "There is no such topic. GET /v1/topics lists them.")
        return answer(await store.handle(actor, command, cause_of(request, actor), await keyed(request, actor, key)))

    async def _me(caller: Person) -> MyShape:
        if caller.guest:
            return MyShape(id=caller.user_id, username=None, name=caller.name, guest=True)
        someone, account = await people.by_id(database, caller.user_id), await accounts.of(caller.user_id)
        if someone is None or account is None:
            raise ProblemError(Code.USER_UNKNOWN, NOBODY)
        return MyShape(**vars(someone), **vars(account))

    return api
