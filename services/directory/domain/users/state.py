"""What decisions need of a person's log. Whom they follow and block may be many: rows, read under the stream's lock."""

from dataclasses import dataclass, replace
from typing import assert_never
from uuid import UUID

from contracts.base import Envelope
from contracts.problems import Code
from contracts.users import (
    ProfileChanged,
    TopicFollowed,
    TopicUnfollowed,
    UserBlocked,
    UserErased,
    UserFact,
    UserFollowed,
    UserRegistered,
    UserRenamed,
    UserUnblocked,
    UserUnfollowed,
)
from services.kit.decisions import Refused


@dataclass(frozen=True)
class User:
    user_id: UUID
    registered: str | None = None  # as it was sealed then
    erased: bool = False


UNKNOWN = Refused(Code.USER_UNKNOWN, "There is no such person.")


def evolve(user: User, envelope: Envelope[UserFact]) -> User:
    fact = envelope.fact
    match fact:
        case UserRegistered(sealed=sealed):
            return replace(user, registered=sealed)
        case UserErased():
            return replace(user, erased=True)
        case (
            UserRenamed()
            | ProfileChanged()
            | UserFollowed()
            | UserUnfollowed()
            | UserBlocked()
            | UserUnblocked()
            | TopicFollowed()
            | TopicUnfollowed()
        ):
            return user
        case _:
            assert_never(fact)
