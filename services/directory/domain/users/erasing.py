"""Erasure: the key that a person's facts are sealed under is destroyed. The log stays, and says nothing of them."""

from dataclasses import dataclass

from contracts.users import UserErased, UserFact
from services.directory.domain.users.rows import ErasedRow, Row
from services.directory.domain.users.state import User
from services.kit.decisions import Decided


@dataclass(frozen=True)
class Erase:
    """By oneself: whether it was really them was asked at the door."""


def erase(user: User) -> Decided[UserFact, Row]:
    return Decided((UserErased(user_id=user.user_id),), (ErasedRow(),))
