from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from contracts.base import Envelope
from contracts.clubs import (
    Admission,
    ClubAdminAdded,
    ClubAdmissionChanged,
    ClubBanLifted,
    ClubFact,
    ClubFollowed,
    ClubFounded,
    ClubHandedOver,
    ClubInvitationDeclined,
    ClubInvitationWithdrawn,
    ClubInvited,
    ClubMemberBanned,
    ClubMemberJoined,
    ClubMemberLeft,
    ClubMemberRemoved,
    ClubRequestDeclined,
    ClubRequested,
    ClubRequestWithdrawn,
    ClubUnfollowed,
)
from services.directory.domain.clubs import Beside, Club, Command, Row, decide, evolve
from services.directory.domain.clubs.belonging import BY_INVITATION, HAND_OVER_FIRST
from services.directory.domain.clubs.commands import (
    Answer,
    Ban,
    Depart,
    Follow,
    Invite,
    Join,
    Leave,
    Lift,
    Remove,
    Withdraw,
)
from services.directory.domain.clubs.door import (
    BANNED,
    NOT_ANOTHER_ADMIN,
    NOT_ASKED,
    NOT_ONESELF,
    NOT_THE_FOUNDER,
)
from services.directory.domain.clubs.following import KEPT_OUT
from services.directory.domain.clubs.state import NO_SUCH_PERSON, NOT_ADMIN, Place, Waiting
from services.kit.decisions import Decided, Refused

CLUB, RICK, SARAH, JOHN, SCIENCE = (uuid4() for _ in range(5))
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
STRANGER, FOLLOWER = Beside(exists=True), Beside(exists=True, follows=True)
MEMBER = Beside(exists=True, follows=True, place=Place.MEMBER)
ADMIN, FOUNDER = (Beside(exists=True, follows=True, place=place) for place in (Place.ADMIN, Place.FOUNDER))
ASKED = Beside(exists=True, waiting=Waiting.ASKED)
INVITED = Beside(exists=True, waiting=Waiting.INVITED, invited_by=RICK)
OUT = Beside(exists=True, banned=True)

founded = ClubFounded(club_id=CLUB, founder_id=RICK, name="The Council of Ricks", topic_id=SCIENCE)
john_runs_it = ClubAdminAdded(club_id=CLUB, user_id=JOHN, by=RICK)


def given(*history: ClubFact, admission: Admission = Admission.OPEN) -> Club:
    club = Club(CLUB)
    changed = ClubAdmissionChanged(club_id=CLUB, admission=admission, by=RICK)
    for number, fact in enumerate((founded, changed, *history), 1):
        club = evolve(club, Envelope(id=uuid4(), source="/directory", stream=CLUB, version=number, at=NOON, fact=fact))
    return club


def asked(command: Command, beside: Beside, club: Club | None = None) -> Decided[ClubFact, Row] | Refused:
    return decide(command, club or given(), beside)


def facts(command: Command, beside: Beside, club: Club | None = None) -> list[ClubFact]:
    answer = asked(command, beside, club)
    assert isinstance(answer, Decided)
    return list(answer.facts)


def joined(user: UUID, by: UUID | None = None) -> ClubMemberJoined:
    return ClubMemberJoined(club_id=CLUB, user_id=user, by=by)


def followed(user: UUID) -> ClubFollowed:
    return ClubFollowed(club_id=CLUB, user_id=user)


def unfollowed(user: UUID) -> ClubUnfollowed:
    return ClubUnfollowed(club_id=CLUB, user_id=user)


def test_an_open_club_is_joined_at_once_and_followed_with_it() -> None:
    assert facts(Join(SARAH, NOON), STRANGER) == [joined(SARAH), followed(SARAH)]
    assert facts(Join(SARAH, NOON), FOLLOWER) == [joined(SARAH)]
    assert facts(Join(SARAH, NOON), MEMBER) == []


def test_a_club_by_approval_is_asked_once() -> None:
    club = given(admission=Admission.APPROVAL)
    assert facts(Join(SARAH, NOON), STRANGER, club) == [ClubRequested(club_id=CLUB, user_id=SARAH)]
    assert facts(Join(SARAH, NOON), ASKED, club) == []


def test_whoever_asked_comes_in_by_themselves_once_the_club_is_open() -> None:
    assert facts(Join(SARAH, NOON), ASKED) == [joined(SARAH), followed(SARAH)]


def test_a_club_by_invitation_lets_in_the_invited_and_says_to_others_whom_to_ask() -> None:
    club = given(admission=Admission.INVITATION)
    assert asked(Join(SARAH, NOON), STRANGER, club) == BY_INVITATION
    assert facts(Join(SARAH, NOON), INVITED, club) == [joined(SARAH, by=RICK), followed(SARAH)]


def test_who_asked_is_let_in_or_not_by_those_who_run_the_club() -> None:
    club = given(john_runs_it, admission=Admission.APPROVAL)
    assert facts(Answer(JOHN, SARAH, True, NOON), ASKED, club) == [joined(SARAH, by=JOHN), followed(SARAH)]
    no = ClubRequestDeclined(club_id=CLUB, user_id=SARAH, by=JOHN)
    assert facts(Answer(JOHN, SARAH, False, NOON), ASKED, club) == [no]
    assert asked(Answer(SARAH, SARAH, True, NOON), ASKED, club) == NOT_ADMIN


def test_a_yes_twice_is_harmless_and_a_no_to_nobody_is_said_so() -> None:
    assert facts(Answer(RICK, SARAH, True, NOON), MEMBER) == []
    assert asked(Answer(RICK, SARAH, False, NOON), STRANGER) == NOT_ASKED


def test_inviting_somebody_who_asked_lets_them_in() -> None:
    assert facts(Invite(RICK, SARAH, NOON), STRANGER) == [ClubInvited(club_id=CLUB, user_id=SARAH, by=RICK)]
    assert facts(Invite(RICK, SARAH, NOON), ASKED) == [joined(SARAH, by=RICK), followed(SARAH)]
    for there_already in (INVITED, MEMBER):
        assert facts(Invite(RICK, SARAH, NOON), there_already) == []


def test_nobody_invites_who_is_banned_or_is_not_there() -> None:
    assert asked(Invite(RICK, SARAH, NOON), OUT) == BANNED
    assert asked(Invite(RICK, SARAH, NOON), Beside()) == NO_SUCH_PERSON
    assert asked(Invite(SARAH, JOHN, NOON), STRANGER) == NOT_ADMIN


def test_an_invitation_is_withdrawn_or_declined() -> None:
    withdrawn = ClubInvitationWithdrawn(club_id=CLUB, user_id=SARAH, by=RICK)
    assert facts(Withdraw(RICK, SARAH), INVITED) == [withdrawn]
    assert facts(Withdraw(RICK, SARAH), STRANGER) == []
    assert facts(Leave(SARAH), INVITED) == [ClubInvitationDeclined(club_id=CLUB, user_id=SARAH)]


def test_leaving_ends_following_and_takes_a_request_back() -> None:
    assert facts(Leave(SARAH), MEMBER) == [ClubMemberLeft(club_id=CLUB, user_id=SARAH), unfollowed(SARAH)]
    assert facts(Leave(SARAH), ASKED) == [ClubRequestWithdrawn(club_id=CLUB, user_id=SARAH)]
    for no_member in (FOLLOWER, STRANGER):
        assert facts(Leave(SARAH), no_member) == []


def test_an_admin_who_leaves_is_no_admin_when_they_come_back() -> None:
    left = ClubMemberLeft(club_id=CLUB, user_id=JOHN)
    assert given(john_runs_it, left).admins == frozenset()


def test_the_founder_hands_over_before_they_leave() -> None:
    assert asked(Leave(RICK), FOUNDER) == HAND_OVER_FIRST


def test_members_are_removed_by_those_above_them() -> None:
    removed = ClubMemberRemoved(club_id=CLUB, user_id=SARAH, by=RICK)
    assert facts(Remove(RICK, SARAH), MEMBER) == [removed, unfollowed(SARAH)]
    assert facts(Remove(RICK, SARAH), STRANGER) == []
    assert asked(Remove(SARAH, JOHN), MEMBER) == NOT_ADMIN


@pytest.mark.parametrize("command", [Remove, lambda by, user: Ban(by, user, NOON)])
def test_nobody_is_removed_or_banned_by_whom_they_are_not_below(command: type[Remove]) -> None:
    club = given(john_runs_it, ClubAdminAdded(club_id=CLUB, user_id=SARAH, by=RICK))
    assert asked(command(JOHN, RICK), FOUNDER, club) == NOT_THE_FOUNDER
    assert asked(command(JOHN, SARAH), ADMIN, club) == NOT_ANOTHER_ADMIN
    assert asked(command(JOHN, JOHN), ADMIN, club) == NOT_ONESELF
    assert isinstance(asked(command(RICK, JOHN), ADMIN, club), Decided)


def test_a_ban_ends_whatever_they_are_in_the_club() -> None:
    out = ClubMemberBanned(club_id=CLUB, user_id=SARAH, by=RICK)
    assert facts(Ban(RICK, SARAH, NOON), MEMBER) == [out, unfollowed(SARAH)]
    for beside in (STRANGER, ASKED, INVITED):
        assert facts(Ban(RICK, SARAH, NOON), beside) == [out]
    assert facts(Ban(RICK, SARAH, NOON), OUT) == []


def test_who_is_banned_neither_joins_nor_follows_until_it_is_lifted() -> None:
    assert asked(Join(SARAH, NOON), OUT) == KEPT_OUT
    assert asked(Follow(SARAH), OUT) == KEPT_OUT
    assert facts(Lift(RICK, SARAH), OUT) == [ClubBanLifted(club_id=CLUB, user_id=SARAH, by=RICK)]
    assert facts(Lift(RICK, SARAH), STRANGER) == []
    assert asked(Lift(SARAH, SARAH), OUT) == NOT_ADMIN


def test_of_an_erased_founder_the_club_goes_to_its_heir() -> None:
    handed = ClubHandedOver(club_id=CLUB, from_id=RICK, to_id=JOHN)
    gone = [ClubMemberLeft(club_id=CLUB, user_id=RICK), unfollowed(RICK)]
    beside = Beside(follows=True, place=Place.FOUNDER, heir=JOHN)
    assert facts(Depart(RICK), beside) == [handed, *gone]
    assert facts(Depart(RICK), Beside(follows=True, place=Place.FOUNDER)) == []


def test_of_an_erased_member_nothing_stays() -> None:
    left, withdrawn = (fact(club_id=CLUB, user_id=SARAH) for fact in (ClubMemberLeft, ClubRequestWithdrawn))
    assert facts(Depart(SARAH), Beside(follows=True, place=Place.MEMBER)) == [left, unfollowed(SARAH)]
    asks_and_follows = Beside(follows=True, waiting=Waiting.ASKED)
    assert facts(Depart(SARAH), asks_and_follows) == [withdrawn, unfollowed(SARAH)]
