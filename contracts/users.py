"""Facts about people, told by services/directory on `user.events.v1`, keyed by user id.

Whatever names or describes a person is in `sealed` (AES-256-GCM under that person's own key, base64url of nonce and
ciphertext): destroying the key erases them from every log for ever. The plain text is the JSON of a `Profile`.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts.base import Fact


class Profile(BaseModel):
    """What `sealed` holds: only the fields that the fact sets are there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    username: str | None = None
    name: str | None = None
    bio: str | None = None
    links: tuple[str, ...] | None = None


class UserRegistered(Fact):
    type: Literal["user.registered.v1"] = "user.registered.v1"
    user_id: UUID
    sealed: str


class UserRenamed(Fact):
    type: Literal["user.renamed.v1"] = "user.renamed.v1"
    user_id: UUID
    sealed: str


class ProfileChanged(Fact):
    type: Literal["user.profile_changed.v1"] = "user.profile_changed.v1"
    user_id: UUID
    sealed: str


class UserFollowed(Fact):
    type: Literal["user.followed.v1"] = "user.followed.v1"
    user_id: UUID
    followed_id: UUID


class UserUnfollowed(Fact):
    type: Literal["user.unfollowed.v1"] = "user.unfollowed.v1"
    user_id: UUID
    followed_id: UUID


class UserBlocked(Fact):
    type: Literal["user.blocked.v1"] = "user.blocked.v1"
    user_id: UUID
    blocked_id: UUID


class UserUnblocked(Fact):
    type: Literal["user.unblocked.v1"] = "user.unblocked.v1"
    user_id: UUID
    blocked_id: UUID


class TopicFollowed(Fact):
    type: Literal["user.topic_followed.v1"] = "user.topic_followed.v1"
    user_id: UUID
    topic_id: UUID


class TopicUnfollowed(Fact):
    type: Literal["user.topic_unfollowed.v1"] = "user.topic_unfollowed.v1"
    user_id: UUID
    topic_id: UUID


class UserErased(Fact):
    """The key is destroyed: what was sealed under it can never be read again."""

    type: Literal["user.erased.v1"] = "user.erased.v1"
    user_id: UUID


UserFact = Annotated[
    UserRegistered
    | UserRenamed
    | ProfileChanged
    | UserFollowed
    | UserUnfollowed
    | UserBlocked
    | UserUnblocked
    | TopicFollowed
    | TopicUnfollowed
    | UserErased,
    Field(discriminator="type"),
]

USER_FACTS: TypeAdapter[UserFact] = TypeAdapter(UserFact)
