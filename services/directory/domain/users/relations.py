"""How one person stands to another: following, and blocking. Part of the person's own stream, and their word alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from contracts.problems import Code
from contracts.users import UserBlocked, UserFact, UserFollowed, UserUnblocked, UserUnfollowed
from services.directory.domain.users.state import UNKNOWN
from services.kit.decisions import Decided, Refused


@dataclass(frozen=True)
class Follow:
    user_id: UUID
    at: datetime


@dataclass(frozen=True)
class Unfollow:
    user_id: UUID


@dataclass(frozen=True)
class Block:
    user_id: UUID
    at: datetime


@dataclass(frozen=True)
class Unblock:
    user_id: UUID


Command = Follow | Unfollow | Block | Unblock


@dataclass(frozen=True)
class Other:
    """The other one, and how the two stand to each other."""

    exists: bool = False
    followed: bool = False
    blocked: bool = False
    blocks_me: bool = False


NOBODY = Other()


@dataclass(frozen=True)
class FollowRow:
    """`at`: since when; None ends it."""

    user_id: UUID
    at: datetime | None


@dataclass(frozen=True)
class BlockRow:
    """`at`: since when; None ends it."""

    user_id: UUID
    at: datetime | None


Row = FollowRow | BlockRow
NOT_ONESELF = Refused(Code.NOT_ALLOWED, "You cannot follow yourself; follow somebody else.")
NO_BLOCK_OF_ONESELF = Refused(Code.NOT_ALLOWED, "You cannot block yourself; block somebody else.")
I_BLOCK_THEM = Refused(Code.BLOCKED, "You have blocked this person. Unblock them first, then you can follow them.")
THEY_BLOCK_ME = Refused(Code.BLOCKED, "This person has blocked you. You can follow them once they unblock you.")


def decide(command: Command, me: UUID, other: Other) -> Decided[UserFact, Row] | Refused:
    match command:
        case Follow(user_id=them, at=at):
            return _follow(me, them, at, other)
        case Unfollow(user_id=them):
            return Decided(*_unfollowed(me, them, other), {"following": False})
        case Block():
            return _block(command, me, other)
        case Unblock(user_id=them):
            return _unblock(me, them, other)
        case _:
            assert_never(command)


def _follow(me: UUID, them: UUID, at: datetime, other: Other) -> Decided[UserFact, Row] | Refused:
    if them == me:
        return NOT_ONESELF
    if not other.exists:
        return UNKNOWN
    if other.blocked or other.blocks_me:
        return I_BLOCK_THEM if other.blocked else THEY_BLOCK_ME
    if other.followed:
        return Decided(result={"following": True})
    return Decided((UserFollowed(user_id=me, followed_id=them),), (FollowRow(them, at),), {"following": True})


def _block(command: Block, me: UUID, other: Other) -> Decided[UserFact, Row] | Refused:
    """Nobody follows whom they have blocked. The other one's following of me is in their stream: it stays as it is."""
    them = command.user_id
    if them == me:
        return NO_BLOCK_OF_ONESELF
    if not other.exists:
        return UNKNOWN
    if other.blocked:
        return Decided(result={"blocked": True})
    facts, rows = _unfollowed(me, them, other)
    fact = UserBlocked(user_id=me, blocked_id=them)
    return Decided((fact, *facts), (BlockRow(them, command.at), *rows), {"blocked": True})


def _unblock(me: UUID, them: UUID, other: Other) -> Decided[UserFact, Row] | Refused:
    if not other.blocked:
        return Decided(result={"blocked": False}) if other.exists else UNKNOWN
    return Decided((UserUnblocked(user_id=me, blocked_id=them),), (BlockRow(them, None),), {"blocked": False})


def _unfollowed(me: UUID, them: UUID, other: Other) -> tuple[tuple[UserFact, ...], tuple[Row, ...]]:
    if not other.followed:
        return (), ()
    return (UserUnfollowed(user_id=me, followed_id=them),), (FollowRow(them, None),)
