from datetime import UTC, datetime
from uuid import UUID, uuid4

from contracts.problems import Code
from contracts.users import UserBlocked, UserFact, UserFollowed, UserUnblocked, UserUnfollowed
from services.directory.domain import users
from services.directory.domain.users import Beside, User
from services.directory.domain.users.relations import (
    NO_BLOCK_OF_ONESELF,
    NOBODY,
    NOT_ONESELF,
    Block,
    BlockRow,
    Command,
    Follow,
    FollowRow,
    Other,
    Row,
    Unblock,
    Unfollow,
    decide,
)
from services.directory.domain.users.state import UNKNOWN
from services.kit.decisions import Decided, Refused

RICK, SARAH = uuid4(), uuid4()
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
STRANGER, FOLLOWED, BLOCKED = Other(exists=True), Other(exists=True, followed=True), Other(exists=True, blocked=True)
BLOCKS_ME = Other(exists=True, blocks_me=True)


def asked(command: Command, other: Other, me: UUID = RICK) -> Decided[UserFact, Row] | Refused:
    return decide(command, me, other)


def refused(answer: Decided[UserFact, Row] | Refused) -> Refused:
    assert isinstance(answer, Refused)
    return answer


def test_following_twice_is_one_fact() -> None:
    fact = UserFollowed(user_id=RICK, followed_id=SARAH)
    assert asked(Follow(SARAH, NOON), STRANGER) == Decided((fact,), (FollowRow(SARAH, NOON),), {"following": True})
    assert asked(Follow(SARAH, NOON), FOLLOWED) == Decided(result={"following": True})


def test_unfollowing_is_harmless_when_one_does_not_follow() -> None:
    fact = UserUnfollowed(user_id=RICK, followed_id=SARAH)
    assert asked(Unfollow(SARAH), FOLLOWED) == Decided((fact,), (FollowRow(SARAH, None),), {"following": False})
    for other in (STRANGER, NOBODY):
        assert asked(Unfollow(SARAH), other) == Decided(result={"following": False})


def test_blocking_twice_is_one_fact() -> None:
    fact = UserBlocked(user_id=RICK, blocked_id=SARAH)
    assert asked(Block(SARAH, NOON), STRANGER) == Decided((fact,), (BlockRow(SARAH, NOON),), {"blocked": True})
    assert asked(Block(SARAH, NOON), BLOCKED) == Decided(result={"blocked": True})


def test_unblocking_is_harmless_when_there_was_no_block() -> None:
    fact = UserUnblocked(user_id=RICK, blocked_id=SARAH)
    assert asked(Unblock(SARAH), BLOCKED) == Decided((fact,), (BlockRow(SARAH, None),), {"blocked": False})
    assert asked(Unblock(SARAH), STRANGER) == Decided(result={"blocked": False})


def test_whoever_blocks_somebody_follows_them_no_more() -> None:
    facts = UserBlocked(user_id=RICK, blocked_id=SARAH), UserUnfollowed(user_id=RICK, followed_id=SARAH)
    rows = BlockRow(SARAH, NOON), FollowRow(SARAH, None)
    assert asked(Block(SARAH, NOON), FOLLOWED) == Decided(facts, rows, {"blocked": True})


def test_nobody_follows_whom_they_have_blocked() -> None:
    no = refused(asked(Follow(SARAH, NOON), BLOCKED))
    assert (no.code, "Unblock them first" in no.message) == (Code.BLOCKED, True)


def test_nobody_follows_who_has_blocked_them() -> None:
    no = refused(asked(Follow(SARAH, NOON), BLOCKS_ME))
    assert (no.code, "once they unblock you" in no.message) == (Code.BLOCKED, True)


def test_whoever_is_blocked_may_block_too_and_stop_following() -> None:
    assert isinstance(asked(Block(SARAH, NOON), BLOCKS_ME), Decided)
    assert isinstance(asked(Unfollow(SARAH), Other(exists=True, followed=True, blocks_me=True)), Decided)


def test_one_neither_follows_nor_blocks_oneself() -> None:
    assert asked(Follow(RICK, NOON), STRANGER) == NOT_ONESELF
    assert asked(Block(RICK, NOON), STRANGER) == NO_BLOCK_OF_ONESELF


def test_who_was_never_here_can_be_neither_followed_nor_blocked() -> None:
    for command in (Follow(SARAH, NOON), Block(SARAH, NOON), Unblock(SARAH)):
        assert asked(command, NOBODY) == UNKNOWN


def test_whoever_left_for_good_can_still_be_unblocked() -> None:
    assert isinstance(asked(Unblock(SARAH), Other(exists=False, blocked=True)), Decided)


def test_only_people_with_an_account_follow_and_block() -> None:
    for command in (Follow(SARAH, NOON), Block(SARAH, NOON)):
        assert users.decide(command, User(RICK), Beside(other=STRANGER)) == UNKNOWN
