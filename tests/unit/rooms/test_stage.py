"""Getting onto the stage, and who decides what there."""

import pytest

from contracts.problems import Code
from contracts.roles import Role
from contracts.rooms import (
    HandLowered,
    HandRaised,
    HostLost,
    HostTransferred,
    InvitationWithdrawn,
    LeftReason,
    ParticipantLeft,
    ParticipantMuted,
    ParticipantUnmuted,
    Policy,
    RoleChanged,
    RoleReason,
    RoomFact,
    RoomOpened,
    SpeakerInvited,
)
from services.rooms.domain.commands import (
    AnswerInvitation,
    ChangeRole,
    Command,
    End,
    InvitationDue,
    Invite,
    LowerAllHands,
    LowerHand,
    Mute,
    RaiseHand,
    Remove,
    Unmute,
    WithdrawInvitation,
)
from tests.unit.rooms.rooms_given import (
    ANA,
    FULL_HOUSE,
    GUEST,
    HOST,
    MIA,
    NOON,
    ROOM,
    SAM,
    code,
    facts,
    full_house,
    given,
    later,
    when,
)

raised = HandRaised(room_id=ROOM, user_id=ANA)
invited = SpeakerInvited(room_id=ROOM, user_id=ANA, by=MIA, expires_at=later(60))
muted = ParticipantMuted(room_id=ROOM, user_id=SAM, by=MIA)


def with_policy(**policy: object) -> tuple[RoomFact, ...]:
    first = RoomOpened(room_id=ROOM, host_id=HOST, name="Jazz at noon", policy=Policy.model_validate(policy))
    return (first, *FULL_HOUSE[1:])


def changed(user: object, role: Role, reason: RoleReason, by: object) -> RoleChanged:
    return RoleChanged.model_validate({"room_id": ROOM, "user_id": user, "role": role, "reason": reason, "by": by})


def test_a_raised_hand_waits_in_line_and_twice_changes_nothing() -> None:
    assert facts(when(RaiseHand(ANA), full_house())) == (raised,)
    assert facts(when(RaiseHand(ANA), full_house(raised))) == ()


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (RaiseHand(GUEST), Code.GUESTS_LISTEN),
        (RaiseHand(SAM), Code.ALREADY_ON_STAGE),
        (RaiseHand(ROOM), Code.NOT_IN_ROOM),
        (LowerHand(ANA, SAM), Code.NOT_MODERATOR),
        (LowerAllHands(SAM), Code.NOT_MODERATOR),
        (Invite(ANA, SAM, NOON), Code.NOT_MODERATOR),
        (Invite(SAM, MIA, NOON), Code.ALREADY_ON_STAGE),
        (Invite(GUEST, MIA, NOON), Code.GUESTS_LISTEN),
        (AnswerInvitation(ANA, "accepted", NOON), Code.NOT_INVITED),
        (WithdrawInvitation(ANA, MIA), Code.NOT_INVITED),
        (Mute(HOST, MIA), Code.NOT_ABOVE),
        (Mute(MIA, MIA), Code.NOT_ABOVE),
        (Mute(ANA, MIA), Code.NOT_ON_STAGE),
        (Mute(ROOM, MIA), Code.TARGET_NOT_IN_ROOM),
        (Unmute(ANA), Code.NOT_ON_STAGE),
        (Remove(HOST, MIA, NOON), Code.NOT_ABOVE),
        (Remove(ANA, SAM, NOON), Code.NOT_MODERATOR),
        (End(MIA), Code.NOT_HOST),
        (ChangeRole(ANA, Role.SPEAKER, ANA, NOON), Code.ONLY_DOWNWARD),
        (ChangeRole(SAM, Role.MODERATOR, SAM, NOON), Code.ONLY_DOWNWARD),
        (ChangeRole(SAM, Role.MODERATOR, MIA, NOON), Code.NOT_HOST),
        (ChangeRole(ANA, Role.SPEAKER, HOST, NOON), Code.NOT_ON_STAGE),
        (ChangeRole(ANA, Role.HOST, HOST, NOON), Code.NOT_ON_STAGE),
        (ChangeRole(SAM, Role.HOST, SAM, NOON), Code.HAS_HOST),
        (ChangeRole(HOST, Role.AUDIENCE, HOST, NOON), Code.NOT_ALLOWED),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, Command) else "",
)
def test_each_refusal_has_its_code(command: Command, expected: Code) -> None:
    assert code(when(command, full_house())) is expected


def test_hands_follow_the_rooms_policy() -> None:
    assert code(when(RaiseHand(ANA), given(*with_policy(speak="invite")))) is Code.INVITE_ONLY
    assert code(when(RaiseHand(ANA), given(*with_policy(hands_open=False)))) is Code.HANDS_CLOSED


def test_where_the_stage_is_open_anyone_steps_up_but_guests() -> None:
    room = given(*with_policy(speak="open"))
    up = when(ChangeRole(ANA, Role.SPEAKER, ANA, NOON), room)
    assert facts(up) == (changed(ANA, Role.SPEAKER, RoleReason.STEPPED_UP, ANA),)
    assert code(when(ChangeRole(GUEST, Role.SPEAKER, GUEST, NOON), room)) is Code.GUESTS_LISTEN


def test_hands_are_lowered_by_their_owner_by_moderators_or_all_at_once() -> None:
    up = full_house(raised)
    assert facts(when(LowerHand(ANA, ANA), up)) == (HandLowered(room_id=ROOM, user_id=ANA, by=ANA),)
    assert facts(when(LowerHand(ANA, MIA), up)) == (HandLowered(room_id=ROOM, user_id=ANA, by=MIA),)
    assert facts(when(LowerAllHands(MIA), up)) == (HandLowered(room_id=ROOM, user_id=ANA, by=MIA),)
    assert facts(when(LowerAllHands(MIA), full_house())) == ()


def test_an_invitation_lasts_60_s_in_the_room_and_10_min_outside() -> None:
    assert facts(when(Invite(ANA, MIA, NOON), full_house())) == (invited,)
    (outside,) = facts(when(Invite(ROOM, MIA, NOON), full_house()))
    assert isinstance(outside, SpeakerInvited)
    assert outside.expires_at == later(600)


def test_two_consents_make_a_speaker() -> None:
    up = when(AnswerInvitation(ANA, "accepted", later(59)), full_house(raised, invited))
    assert facts(up) == (changed(ANA, Role.SPEAKER, RoleReason.INVITED, MIA),)
    room = full_house(raised, invited, *facts(up))
    assert (room.public.hands, dict(room.public.invitations)) == ((), {})


def test_an_invitation_runs_out_and_then_says_so() -> None:
    assert code(when(AnswerInvitation(ANA, "accepted", later(60)), full_house(invited))) is Code.INVITATION_EXPIRED
    assert facts(when(InvitationDue(ANA, later(60)), full_house(invited))) == (
        InvitationWithdrawn(room_id=ROOM, user_id=ANA),
    )
    assert facts(when(InvitationDue(ANA, later(59)), full_house(invited))) == ()


def test_accepting_needs_a_seat_in_the_room() -> None:
    left = ParticipantLeft(room_id=ROOM, user_id=ANA, seat=4, reason=LeftReason.LEFT)
    again = SpeakerInvited(room_id=ROOM, user_id=ANA, by=MIA, expires_at=later(600))
    assert code(when(AnswerInvitation(ANA, "accepted", NOON), full_house(left, again))) is Code.NOT_IN_ROOM


def test_a_mute_is_off_only_and_undone_by_its_owner() -> None:
    assert facts(when(Mute(SAM, MIA), full_house())) == (muted,)
    assert facts(when(Mute(SAM, MIA), full_house(muted))) == ()
    assert facts(when(Unmute(SAM), full_house(muted))) == (ParticipantUnmuted(room_id=ROOM, user_id=SAM),)
    assert facts(when(Unmute(SAM), full_house())) == ()


def test_a_mute_ends_with_the_time_on_stage() -> None:
    down = changed(SAM, Role.AUDIENCE, RoleReason.CHANGED, MIA)
    assert facts(when(ChangeRole(SAM, Role.AUDIENCE, MIA, NOON), full_house(muted))) == (down,)
    assert not full_house(muted, down).public.seats[SAM].muted


def test_anyone_may_step_down() -> None:
    for user, role in ((SAM, Role.AUDIENCE), (MIA, Role.SPEAKER), (MIA, Role.AUDIENCE)):
        down = changed(user, role, RoleReason.STEPPED_DOWN, user)
        assert facts(when(ChangeRole(user, role, user, NOON), full_house())) == (down,)


def test_the_host_hands_the_keys_to_someone_on_stage_and_is_a_moderator_then() -> None:
    (handed,) = facts(when(ChangeRole(SAM, Role.HOST, HOST, NOON), full_house()))
    assert isinstance(handed, HostTransferred)
    room = full_house(handed)
    assert (room.public.role_of(SAM), room.public.role_of(HOST)) == (Role.HOST, Role.MODERATOR)


def test_without_a_host_anyone_on_stage_may_take_the_keys() -> None:
    left = ParticipantLeft(room_id=ROOM, user_id=HOST, seat=1, reason=LeftReason.LOST)
    lost = HostLost(room_id=ROOM, user_id=HOST, ends_at=later(300))
    room = full_house(left, lost)
    (taken,) = facts(when(ChangeRole(SAM, Role.HOST, SAM, NOON), room))
    assert isinstance(taken, HostTransferred)
    assert full_house(left, lost, taken).public.hostless_until is None
    assert code(when(ChangeRole(ANA, Role.HOST, ANA, NOON), room)) is Code.NOT_ON_STAGE


def test_a_host_who_returns_may_take_the_keys_back_within_ten_minutes_of_a_handover() -> None:
    left = ParticipantLeft(room_id=ROOM, user_id=HOST, seat=1, reason=LeftReason.LOST)
    handed = HostTransferred(room_id=ROOM, from_id=HOST, to_id=MIA, reason=RoleReason.HOST_LOST)
    back = FULL_HOUSE[1].model_copy(update={"user_id": HOST})
    room = full_house(left, handed, back)
    (taken,) = facts(when(ChangeRole(HOST, Role.HOST, HOST, later(600)), room))
    assert isinstance(taken, HostTransferred)
    assert (taken.from_id, taken.to_id) == (MIA, HOST)
    assert code(when(ChangeRole(HOST, Role.HOST, HOST, later(601)), room)) is Code.HAS_HOST


def test_also_from_someone_who_took_them_in_the_countdown() -> None:
    left = ParticipantLeft(room_id=ROOM, user_id=HOST, seat=1, reason=LeftReason.LOST)
    lost = HostLost(room_id=ROOM, user_id=HOST, ends_at=later(300))
    taken = HostTransferred(room_id=ROOM, from_id=None, to_id=SAM, reason=RoleReason.TOOK_KEYS, by=SAM)
    room = full_house(left, lost, taken, FULL_HOUSE[1].model_copy(update={"user_id": HOST}))
    assert len(facts(when(ChangeRole(HOST, Role.HOST, HOST, later(600)), room))) == 1
    assert code(when(ChangeRole(HOST, Role.HOST, HOST, later(601)), room)) is Code.HAS_HOST
