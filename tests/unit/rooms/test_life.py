"""A room's life: planned, opened by its host or by itself, changed, ended."""

from datetime import timedelta
from uuid import uuid4

import pytest

from contracts.problems import Code
from contracts.roles import Role
from contracts.rooms import (
    EndedReason,
    HandLowered,
    HandRaised,
    HostTransferred,
    LeftReason,
    ParticipantJoined,
    ParticipantLeft,
    Policy,
    RoleReason,
    RoomEnded,
    RoomOpened,
    RoomPolicyChanged,
    RoomRenamed,
    RoomRescheduled,
    RoomScheduled,
    SpeakerInvited,
)
from services.rooms.domain.commands import (
    AnswerInvitation,
    ChangeRole,
    Club,
    Command,
    CountdownDue,
    Edit,
    End,
    Invite,
    Join,
    Leave,
    OpeningDue,
    OpenPlanned,
    OpenRoom,
    RaiseHand,
    Schedule,
)
from services.rooms.domain.rows import AllOver, Beside, Due, Kind, NoLongerDue, Presence
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
    now_is,
    opened,
    rows,
    when,
)

EVENING = NOON + timedelta(hours=6)
LAST_CALL = EVENING + timedelta(minutes=15)
CLUB = Club(uuid4(), uuid4(), HOST, frozenset({MIA}))
planned = RoomScheduled(room_id=ROOM, host_id=HOST, name="Jazz at six", scheduled_for=EVENING)
in_club = planned.model_copy(update={"club_id": CLUB.club_id})
by_itself = RoomOpened(room_id=ROOM, host_id=HOST, name="Jazz at six", host_awaited_until=LAST_CALL)
ended = RoomEnded(room_id=ROOM, reason=EndedReason.ENDED, by=HOST)


def test_a_room_may_be_planned_and_opens_by_itself_when_it_is_time() -> None:
    outcome = when(Schedule(ROOM, HOST, "Jazz at six", NOON, EVENING), given())
    assert facts(outcome) == (planned,)
    assert rows(outcome) == (Due(Kind.OPENING, HOST, EVENING),)
    due = when(OpeningDue(EVENING), given(planned))
    assert facts(due) == (by_itself,)
    assert rows(due) == (NoLongerDue(Kind.OPENING), Due(Kind.COUNTDOWN, HOST, LAST_CALL))
    assert facts(when(OpeningDue(NOON), given(planned))) == ()


def test_a_plan_lies_ahead_and_within_a_year() -> None:
    for time in (NOON, NOON - timedelta(seconds=1), NOON + timedelta(days=367)):
        assert code(when(Schedule(ROOM, HOST, "Jazz", NOON, time), given())) is Code.INVALID_INPUT
    assert code(when(Schedule(ROOM, ANA, "Jazz", NOON, EVENING, guest=True), given())) is Code.GUESTS_LISTEN
    assert code(when(Schedule(ROOM, ANA, "Jazz", NOON, EVENING, club=CLUB), given())) is Code.NOT_CLUB_ADMIN
    assert code(when(Schedule(ROOM, HOST, "Jazz", NOON, EVENING), given(opened))) is Code.ALREADY_EXISTS


def test_its_host_opens_it_at_any_time_and_has_a_seat() -> None:
    outcome = when(OpenPlanned(HOST, NOON), given(planned))
    assert facts(outcome) == (RoomOpened(room_id=ROOM, host_id=HOST, name="Jazz at six"),)
    seat = Presence(HOST, 2, None, 0)
    assert rows(outcome) == (NoLongerDue(Kind.OPENING), seat, Due(Kind.GRACE, HOST, later(60), 2))
    assert code(when(OpenPlanned(SAM, NOON), given(planned))) is Code.NOT_HOST
    assert code(when(OpenPlanned(HOST, NOON), given(opened))) is Code.ALREADY_OPEN


def test_a_clubs_room_is_opened_by_any_of_its_admins_who_is_the_host_then() -> None:
    (fact,) = facts(when(OpenPlanned(MIA, NOON), given(in_club), Beside(club=CLUB)))
    assert isinstance(fact, RoomOpened)
    assert given(in_club, fact).public.host_id == MIA
    assert code(when(OpenPlanned(SAM, NOON), given(in_club), Beside(club=CLUB))) is Code.NOT_HOST


@pytest.mark.parametrize(
    "command", [Join(ANA, CONNECTION, NOON), RaiseHand(ANA), ChangeRole(ANA, Role.HOST, ANA, NOON)]
)
def test_before_it_opens_it_says_when_it_will(command: Command) -> None:
    assert code(when(command, given(planned))) is Code.ROOM_NOT_OPEN


def test_whoever_opens_it_has_no_invitation_any_more() -> None:
    invited = SpeakerInvited(room_id=ROOM, user_id=MIA, by=HOST, expires_at=LAST_CALL)
    (fact,) = facts(when(OpenPlanned(MIA, NOON), given(in_club, invited), Beside(club=CLUB)))
    room = given(in_club, invited, fact)
    assert code(when(AnswerInvitation(MIA, "accepted", NOON), room)) is Code.NOT_INVITED
    assert room.public.role_of(MIA) is Role.HOST


def test_leaving_a_room_that_has_not_opened_is_nothing() -> None:
    assert facts(when(Leave(ANA, NOON), given(planned))) == ()


def test_its_host_comes_within_a_quarter_of_an_hour() -> None:
    outcome = when(Join(HOST, CONNECTION, EVENING), given(planned, by_itself))
    came, arrived = facts(outcome)
    assert came == ParticipantJoined(room_id=ROOM, user_id=HOST)
    assert arrived == HostTransferred(room_id=ROOM, from_id=None, to_id=HOST, reason=RoleReason.ARRIVED, by=HOST)
    assert NoLongerDue(Kind.COUNTDOWN) in rows(outcome)
    room = given(planned, by_itself, came, arrived)
    assert (room.public.host_id, room.public.role_of(HOST), room.public.awaited_host_id) == (HOST, Role.HOST, None)
    assert room.public.hostless_until is None


def test_or_it_ends_again() -> None:
    waiting = given(planned, by_itself, joined(ANA))
    assert facts(when(CountdownDue(EVENING), waiting)) == ()
    left, over = facts(when(CountdownDue(LAST_CALL), waiting))
    assert left == ParticipantLeft(room_id=ROOM, user_id=ANA, seat=3, reason=LeftReason.ENDED)
    assert over == RoomEnded(room_id=ROOM, reason=EndedReason.NO_HOST)


def test_nobody_else_takes_the_keys_meanwhile_but_in_a_clubs_room_its_admins() -> None:
    waiting = given(planned, by_itself, joined(MIA))
    assert code(when(ChangeRole(MIA, Role.HOST, MIA, EVENING), waiting)) is Code.NOT_ALLOWED
    assert len(facts(when(ChangeRole(MIA, Role.HOST, MIA, EVENING), waiting, Beside(club=CLUB)))) == 1


def test_a_plan_is_edited_by_its_host() -> None:
    tomorrow = EVENING + timedelta(days=1)
    outcome = when(Edit(HOST, NOON, "Jazz at seven", scheduled_for=tomorrow), given(planned))
    assert facts(outcome) == (
        RoomRenamed(room_id=ROOM, name="Jazz at seven", by=HOST),
        RoomRescheduled(room_id=ROOM, scheduled_for=tomorrow, by=HOST),
    )
    assert rows(outcome) == (Due(Kind.OPENING, HOST, tomorrow),)
    assert code(when(Edit(SAM, NOON, "Mine"), given(planned))) is Code.NOT_HOST
    assert code(when(Edit(HOST, NOON, scheduled_for=NOON), given(planned))) is Code.INVALID_INPUT
    assert code(when(Edit(HOST, NOON, scheduled_for=tomorrow), full_house())) is Code.ALREADY_OPEN


def test_or_cancelled() -> None:
    outcome = when(End(HOST), given(planned))
    assert facts(outcome) == (RoomEnded(room_id=ROOM, reason=EndedReason.CANCELLED, by=HOST),)
    assert rows(outcome) == (AllOver(),)
    assert code(when(End(SAM), given(planned))) is Code.NOT_HOST


def test_its_host_invites_people_before_it_opens_until_a_while_after() -> None:
    (invited,) = facts(when(Invite(ANA, HOST, NOON), given(planned)))
    assert invited.model_dump()["expires_at"] == EVENING + timedelta(minutes=10)
    assert code(when(Invite(ANA, SAM, NOON), given(planned))) is Code.NOT_HOST


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
