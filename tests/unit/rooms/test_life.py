"""A room's life while it is open: changed, left by its host, ended."""

from uuid import uuid4

from contracts.problems import Code
from contracts.roles import Role
from contracts.rooms import (
    EndedReason,
    HandLowered,
    HandRaised,
    HostTransferred,
    LeftReason,
    ParticipantLeft,
    Policy,
    RoleReason,
    RoomEnded,
    RoomPolicyChanged,
    RoomRenamed,
)
from services.rooms.domain.commands import (
    Club,
    Edit,
    End,
    Leave,
    OpeningDue,
    OpenRoom,
    RaiseHand,
)
from services.rooms.domain.rows import AllOver
from tests.unit.rooms.rooms_given import (
    ANA,
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
    now_is,
    opened,
    rows,
    when,
)

CLUB = Club(uuid4(), uuid4(), HOST, frozenset({MIA}))
ended = RoomEnded(room_id=ROOM, reason=EndedReason.ENDED, by=HOST)


def test_the_host_renames_and_changes_the_policy_and_nobody_else_does() -> None:
    policy = Policy(speak="open", max_people=50)
    outcome = when(Edit(HOST, NOON, "Jazz", {"speak": "open", "max_people": 50}), full_house())
    renamed, changed = (
        RoomRenamed(room_id=ROOM, name="Jazz", by=HOST),
        RoomPolicyChanged(room_id=ROOM, policy=policy, by=HOST),
    )
    assert facts(outcome) == (renamed, changed)
    assert facts(when(Edit(HOST, NOON, "Jazz", {"speak": "open"}), full_house(renamed, changed))) == ()
    for user, expected in ((MIA, Code.NOT_HOST), (ANA, Code.NOT_HOST), (uuid4(), Code.NOT_IN_ROOM)):
        assert code(when(Edit(user, NOON, "Jazz"), full_house())) is expected


def test_moderators_close_hands_and_open_them_again() -> None:
    (closed,) = facts(when(Edit(MIA, NOON, policy={"hands_open": False}), full_house()))
    assert code(when(RaiseHand(ANA), full_house(closed))) is Code.HANDS_CLOSED
    assert code(when(Edit(SAM, NOON, policy={"hands_open": False}), full_house())) is Code.NOT_MODERATOR
    assert code(when(Edit(MIA, NOON, policy={"hands_open": False, "speak": "open"}), full_house())) is Code.NOT_HOST


def test_nobody_waits_in_a_line_that_is_no_more() -> None:
    up = full_house(HandRaised(room_id=ROOM, user_id=ANA))
    _, lowered = facts(when(Edit(HOST, NOON, policy={"speak": "invite"}), up))
    assert lowered == HandLowered(room_id=ROOM, user_id=ANA, by=HOST)


def test_a_room_of_no_club_is_not_for_members_only() -> None:
    members = Policy(enter="club")
    assert code(when(OpenRoom(ROOM, HOST, "Jazz", NOON, policy=members), given())) is Code.INVALID_INPUT
    assert code(when(Edit(HOST, NOON, policy={"enter": "club"}), full_house())) is Code.INVALID_INPUT
    assert len(facts(when(OpenRoom(ROOM, HOST, "Jazz", NOON, policy=members, club=CLUB), given()))) == 1


def test_an_operator_ends_any_room_and_says_why() -> None:
    operator = uuid4()
    *_, over = facts(when(End(operator, operator=True, why="spam"), full_house()))
    assert over == RoomEnded(room_id=ROOM, reason=EndedReason.OPERATOR, by=operator, why="spam")
    assert code(when(End(operator), full_house())) is Code.NOT_HOST


def test_a_host_who_leaves_says_who_gets_the_keys() -> None:
    left = ParticipantLeft(room_id=ROOM, user_id=HOST, seat=1, reason=LeftReason.LEFT)
    handed = HostTransferred(room_id=ROOM, from_id=HOST, to_id=SAM, reason=RoleReason.CHANGED, by=HOST)
    assert facts(when(Leave(HOST, NOON, keys_to=SAM), full_house())) == (left, handed)
    assert code(when(Leave(HOST, NOON, keys_to=ANA), full_house())) is Code.NOT_ON_STAGE
    assert code(when(Leave(HOST, NOON, keys_to=uuid4()), full_house())) is Code.TARGET_NOT_IN_ROOM
    assert code(when(Leave(HOST, NOON, keys_to=HOST), full_house())) is Code.KEYS_NEEDED


def test_who_does_not_say_leaves_them_to_the_longest_serving_moderator() -> None:
    *_, handed = facts(when(Leave(HOST, NOON), full_house()))
    assert handed.model_dump()["to_id"] == MIA


def test_without_a_moderator_the_others_on_stage_have_to_be_asked_about() -> None:
    down = now_is(MIA, Role.SPEAKER)
    assert code(when(Leave(HOST, NOON), full_house(down))) is Code.KEYS_NEEDED


def test_and_with_nobody_else_on_stage_the_room_ends() -> None:
    outcome = when(Leave(HOST, NOON), given(opened, joined(ANA)))
    assert [fact.type for fact in facts(outcome)] == ["room.participant_left.v1"] * 2 + ["room.ended.v1"]
    assert rows(outcome) == (AllOver(),)


def test_nothing_follows_the_end() -> None:
    assert code(when(Edit(HOST, NOON, "Jazz"), full_house(ended))) is Code.ROOM_ENDED
    assert facts(when(OpeningDue(NOON), full_house(ended))) == ()
