"""People who have blocked each other in one room."""

from contracts.problems import Code
from contracts.roles import Role
from contracts.rooms import (
    BlockedOnStage,
    HandHidden,
    HandRaised,
    ParticipantJoined,
    Policy,
    RoomPolicyChanged,
    SpeakerInvited,
)
from services.rooms.domain.blocking import on_stage_blocked
from services.rooms.domain.commands import AnswerInvitation, Blocked, ChangeRole, Invite, Join, RaiseHand
from services.rooms.domain.rows import Beside
from tests.unit.rooms.rooms_given import (
    ANA,
    CONNECTION,
    HOST,
    MIA,
    NOON,
    ROOM,
    SAM,
    code,
    facts,
    full_house,
    given,
    joined,
    later,
    opened,
    when,
)

raised = HandRaised(room_id=ROOM, user_id=ANA)
mia_blocked_ana = Beside(blocks=frozenset({(MIA, ANA)}))
sam_blocked_ana = Beside(blocks=frozenset({(SAM, ANA)}))
ana_blocked_sam = Beside(blocks=frozenset({(ANA, SAM)}))
ana_blocked_mia = Beside(blocks=frozenset({(ANA, MIA)}))
together = BlockedOnStage(room_id=ROOM, user_id=ANA, other_id=SAM)


def test_who_has_blocked_you_does_not_see_your_hand() -> None:
    (hand,) = facts(when(RaiseHand(ANA), full_house(), mia_blocked_ana))
    assert hand == HandRaised(room_id=ROOM, user_id=ANA, hidden_from=(MIA,))


def test_nor_when_they_come_in_later() -> None:
    room = given(opened, joined(ANA), raised)
    came, hidden = facts(when(Join(MIA, CONNECTION, NOON), room, mia_blocked_ana))
    assert isinstance(came, ParticipantJoined)
    assert hidden == HandHidden(room_id=ROOM, user_id=ANA, from_id=MIA)


def test_nor_from_the_moment_they_block_you() -> None:
    assert facts(when(Blocked(ANA, by=MIA), full_house(raised))) == (
        HandHidden(room_id=ROOM, user_id=ANA, from_id=MIA),
    )
    hidden = raised.model_copy(update={"hidden_from": (MIA,)})
    assert facts(when(Blocked(ANA, by=MIA), full_house(hidden))) == ()


def test_who_has_blocked_you_cannot_be_invited_by_you() -> None:
    assert code(when(Invite(ANA, MIA, NOON), full_house(), ana_blocked_mia)) is Code.BLOCKED
    assert len(facts(when(Invite(ANA, HOST, NOON), full_house(), ana_blocked_mia))) == 1
    assert len(facts(when(Invite(ANA, MIA, NOON), full_house(), mia_blocked_ana))) == 1


def test_moderators_are_told_when_two_share_the_stage() -> None:
    invited = SpeakerInvited(room_id=ROOM, user_id=ANA, by=HOST, expires_at=later(60))
    for beside in (sam_blocked_ana, ana_blocked_sam):
        _, told = facts(when(AnswerInvitation(ANA, "accepted", NOON), full_house(invited), beside))
        assert told == together
    open_stage = RoomPolicyChanged(room_id=ROOM, policy=Policy(speak="open"), by=HOST)
    _, told = facts(when(ChangeRole(ANA, Role.SPEAKER, ANA, NOON), full_house(open_stage), sam_blocked_ana))
    assert told == together


def test_and_when_one_blocks_the_other_there() -> None:
    assert facts(when(Blocked(SAM, by=HOST), full_house())) == (
        BlockedOnStage(room_id=ROOM, user_id=HOST, other_id=SAM),
    )
    assert facts(when(Blocked(ANA, by=SAM), full_house())) == ()


def test_before_joining_one_learns_whom_one_has_blocked_and_that_one_was_blocked() -> None:
    both = Beside(blocks=frozenset({(ANA, SAM), (MIA, ANA)}))
    assert on_stage_blocked(full_house(), ANA, both) == ([SAM], True)
    assert on_stage_blocked(full_house(), ANA, Beside()) == ([], False)
