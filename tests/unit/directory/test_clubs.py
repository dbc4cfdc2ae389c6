from datetime import UTC, datetime
from uuid import uuid4

from contracts.base import Envelope
from contracts.clubs import (
    ClubAdminAdded,
    ClubAdminRemoved,
    ClubFact,
    ClubFollowed,
    ClubFounded,
    ClubRenamed,
    ClubUnfollowed,
)
from services.directory.domain.clubs import (
    ID_TAKEN,
    NO_SUCH_PERSON,
    NOT_ADMIN,
    NOT_FOUNDER,
    UNKNOWN,
    AddAdmin,
    AdminRow,
    Beside,
    Club,
    Command,
    Follow,
    FollowerRow,
    Found,
    RemoveAdmin,
    Rename,
    Row,
    Unfollow,
    decide,
    evolve,
)
from services.kit.decisions import Decided, Refused

CLUB, RICK, SARAH, JOHN, SCIENCE, HEALTH = (uuid4() for _ in range(6))
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
THERE, FOLLOWER, NOBODY = Beside(exists=True), Beside(exists=True, follows=True), Beside()

founded = ClubFounded(club_id=CLUB, founder_id=RICK, name="The Council of Ricks", topic_id=SCIENCE)
sarah_runs_it = ClubAdminAdded(club_id=CLUB, user_id=SARAH, by=RICK)


def given(*history: ClubFact) -> Club:
    club = Club(CLUB)
    for number, fact in enumerate(history, 1):
        club = evolve(club, Envelope(id=uuid4(), source="/directory", stream=CLUB, version=number, at=NOON, fact=fact))
    return club


def facts(command: Command, club: Club, beside: Beside = THERE) -> tuple[ClubFact, ...]:
    answer: Decided[ClubFact, Row] | Refused = decide(command, club, beside)
    assert isinstance(answer, Decided)
    return answer.facts


def found(name: str = "The Council of Ricks", keeps: bool = False) -> Found:
    return Found(CLUB, RICK, name, SCIENCE, NOON, keeps)


def test_a_club_is_founded_on_a_topic() -> None:
    assert facts(found(), given()) == (founded,)


def test_only_people_who_exist_found_clubs() -> None:
    assert decide(found(), given(), NOBODY) == NO_SUCH_PERSON


def test_an_id_belongs_to_one_club() -> None:
    assert decide(found(), given(founded), THERE) == ID_TAKEN


def test_the_loader_may_put_the_same_club_again_even_when_it_was_renamed_since() -> None:
    renamed = ClubRenamed(club_id=CLUB, name="The Citadel", by=RICK)
    assert facts(found(keeps=True), given(founded, renamed)) == ()
    assert decide(found("The Citadel", keeps=True), given(founded, renamed), THERE) == ID_TAKEN


def test_founder_and_admins_rename_and_nobody_else() -> None:
    by_rick = ClubRenamed(club_id=CLUB, name="The Citadel", by=RICK)
    by_sarah = ClubRenamed(club_id=CLUB, name="The Citadel", by=SARAH)
    assert facts(Rename(RICK, "The Citadel"), given(founded)) == (by_rick,)
    assert facts(Rename(SARAH, "The Citadel"), given(founded, sarah_runs_it)) == (by_sarah,)
    assert decide(Rename(SARAH, "The Citadel"), given(founded), THERE) == NOT_ADMIN


def test_the_same_name_again_changes_nothing() -> None:
    assert facts(Rename(RICK, "The Council of Ricks"), given(founded)) == ()


def test_only_the_founder_makes_admins() -> None:
    assert facts(AddAdmin(RICK, SARAH), given(founded)) == (sarah_runs_it,)
    assert decide(AddAdmin(SARAH, JOHN), given(founded, sarah_runs_it), THERE) == NOT_FOUNDER


def test_making_the_same_admin_twice_or_the_founder_one_changes_nothing() -> None:
    assert facts(AddAdmin(RICK, SARAH), given(founded, sarah_runs_it)) == ()
    assert facts(AddAdmin(RICK, RICK), given(founded)) == ()


def test_only_people_who_exist_become_admins() -> None:
    assert decide(AddAdmin(RICK, SARAH), given(founded), NOBODY) == NO_SUCH_PERSON


def test_an_admin_may_step_down_but_not_unmake_another() -> None:
    stepped_down = ClubAdminRemoved(club_id=CLUB, user_id=SARAH, by=SARAH)
    assert facts(RemoveAdmin(SARAH, SARAH), given(founded, sarah_runs_it)) == (stepped_down,)
    assert decide(RemoveAdmin(JOHN, SARAH), given(founded, sarah_runs_it), THERE) == NOT_FOUNDER
    unmade = decide(RemoveAdmin(RICK, SARAH), given(founded, sarah_runs_it), THERE)
    assert isinstance(unmade, Decided)
    assert unmade.rows == (AdminRow(SARAH, False),)


def test_following_and_leaving_are_one_fact_each_however_often_one_asks() -> None:
    assert facts(Follow(SARAH), given(founded)) == (ClubFollowed(club_id=CLUB, user_id=SARAH),)
    assert facts(Follow(SARAH), given(founded), FOLLOWER) == ()
    assert facts(Unfollow(SARAH), given(founded), FOLLOWER) == (ClubUnfollowed(club_id=CLUB, user_id=SARAH),)
    assert facts(Unfollow(SARAH), given(founded)) == ()


def test_a_follower_is_a_row_beside_the_fact() -> None:
    answer = decide(Follow(SARAH), given(founded), THERE)
    assert isinstance(answer, Decided)
    assert answer.rows == (FollowerRow(SARAH, True),)


def test_nothing_happens_in_a_club_that_is_not_there() -> None:
    for command in (Follow(SARAH), Unfollow(SARAH), Rename(RICK, "Mine"), AddAdmin(RICK, SARAH)):
        assert decide(command, given(), THERE) == UNKNOWN
