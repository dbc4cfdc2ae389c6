"""A planned room: opened by its host or by itself, edited, cancelled."""

from datetime import timedelta
from uuid import uuid4

import pytest

from contracts.problems import Code
from contracts.roles import Role
from contracts.rooms import (
    EndedReason,
    HostTransferred,
    LeftReason,
    ParticipantJoined,
    ParticipantLeft,
    RoleReason,
    RoomEnded,
    RoomOpened,
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
