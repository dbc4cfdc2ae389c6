from datetime import UTC, datetime
from uuid import UUID, uuid4

from contracts.base import Envelope
from contracts.clubs import (
    Admission,
    ClubAdminAdded,
    ClubAdminRemoved,
    ClubAdmissionChanged,
    ClubDescribed,
    ClubFact,
    ClubFollowed,
    ClubFounded,
    ClubHandedOver,
    ClubRenamed,
    ClubTopicChanged,
    ClubUnfollowed,
)
from services.directory.domain.clubs import Beside, Club, Command, Row, decide, evolve
from services.directory.domain.clubs.commands import (
    AddAdmin,
    Edit,
    Follow,
    Found,
    HandOver,
    RemoveAdmin,
    Unfollow,
    Wishes,
)
from services.directory.domain.clubs.running import ID_TAKEN, NOT_A_MEMBER
from services.directory.domain.clubs.state import (
    NO_SUCH_PERSON,
    NOT_ADMIN,
    NOT_FOUNDER,
    UNKNOWN,
    FollowerRow,
    Place,
    PlaceRow,
)
from services.kit.decisions import Decided, Refused

CLUB, RICK, SARAH, JOHN, SCIENCE, HEALTH = (uuid4() for _ in range(6))
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
THERE, FOLLOWER, NOBODY = Beside(exists=True), Beside(exists=True, follows=True), Beside()
MEMBER = Beside(exists=True, follows=True, place=Place.MEMBER)

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


def renamed_by(by: UUID, name: str) -> Edit:
    return Edit(by, Wishes(name=name))


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


def test_a_club_is_founded_with_all_that_it_is_to_be() -> None:
    wishes = Wishes("Jazz", SCIENCE, "Quietly", "One voice at a time.", Admission.APPROVAL)
    fresh = Found(CLUB, RICK, "Jazz", SCIENCE, NOON, more=wishes)
    assert [type(fact) for fact in facts(fresh, given())] == [ClubFounded, ClubDescribed, ClubAdmissionChanged]
    assert given(*facts(fresh, given())).now == wishes


def test_an_edit_says_only_what_changed() -> None:
    described = ClubDescribed(club_id=CLUB, description="Quietly", by=RICK)
    assert facts(Edit(RICK, Wishes(name="The Council of Ricks", description="Quietly")), given(founded)) == (described,)
    moved = ClubTopicChanged(club_id=CLUB, topic_id=HEALTH, by=RICK)
    assert facts(Edit(RICK, Wishes(description="Quietly", topic_id=HEALTH)), given(founded, described)) == (moved,)


def test_the_founder_hands_the_club_to_a_member_and_is_an_admin_then() -> None:
    handed = ClubHandedOver(club_id=CLUB, from_id=RICK, to_id=SARAH)
    answer = decide(HandOver(RICK, SARAH), given(founded), MEMBER)
    assert isinstance(answer, Decided)
    assert (answer.facts, answer.rows) == (
        (handed,),
        (PlaceRow(RICK, Place.ADMIN), PlaceRow(SARAH, Place.FOUNDER)),
    )
    after = given(founded, handed)
    assert (after.founder_id, after.admins) == (SARAH, frozenset({RICK}))
    assert decide(HandOver(RICK, JOHN), after, MEMBER) == NOT_FOUNDER
    assert decide(HandOver(RICK, SARAH), given(founded), THERE) == NOT_A_MEMBER


def test_founder_and_admins_rename_and_nobody_else() -> None:
    by_rick = ClubRenamed(club_id=CLUB, name="The Citadel", by=RICK)
    by_sarah = ClubRenamed(club_id=CLUB, name="The Citadel", by=SARAH)
    assert facts(renamed_by(RICK, "The Citadel"), given(founded)) == (by_rick,)
    assert facts(renamed_by(SARAH, "The Citadel"), given(founded, sarah_runs_it)) == (by_sarah,)
    assert decide(renamed_by(SARAH, "The Citadel"), given(founded), THERE) == NOT_ADMIN


def test_the_same_name_again_changes_nothing() -> None:
    assert facts(renamed_by(RICK, "The Council of Ricks"), given(founded)) == ()


def test_only_the_founder_makes_admins() -> None:
    assert facts(AddAdmin(RICK, SARAH), given(founded), MEMBER) == (sarah_runs_it,)
    assert decide(AddAdmin(RICK, SARAH), given(founded), THERE) == NOT_A_MEMBER
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
    assert unmade.rows == (PlaceRow(SARAH, Place.MEMBER),)


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
    for command in (Follow(SARAH), Unfollow(SARAH), renamed_by(RICK, "Mine"), AddAdmin(RICK, SARAH)):
        assert decide(command, given(), THERE) == UNKNOWN
