"""Planned rooms, rooms that open by themselves, private rooms: as the hallway folds them."""

from datetime import timedelta

from contracts.roles import Role
from contracts.room_snapshot import RoomState
from contracts.rooms import (
    EndedReason,
    HostTransferred,
    InvitationDeclined,
    InvitationWithdrawn,
    Policy,
    RoleReason,
    RoomEnded,
    RoomPolicyChanged,
    RoomRescheduled,
)
from tests.unit.directory.cards import (
    ALICE,
    BOB,
    HOST,
    LATER,
    NOON,
    ROOM,
    after,
    invitation,
    joined,
    left,
    now_is,
    on_stage,
    opened,
    opened_by_itself,
    planned,
)


def test_a_planned_room_awaits_its_host_and_opens_with_them() -> None:
    card = after(planned)
    assert (card.awaited_host_id, card.stage) == (HOST, [])
    card = after(opened, card=card)
    assert (card.awaited_host_id, on_stage(card)) == (None, [(HOST, Role.HOST, 2)])


def test_whoever_opens_it_is_not_invited_any_more() -> None:
    by_bob = opened.model_copy(update={"host_id": BOB})
    assert after(planned, invitation(BOB), invitation(ALICE), by_bob).invited == {ALICE}


def test_a_planned_room_may_be_moved_and_cancelled() -> None:
    even_later = LATER + timedelta(days=1)
    card = after(planned, RoomRescheduled(room_id=ROOM, scheduled_for=even_later, by=HOST))
    assert (card.state, card.listed_at) == (RoomState.SCHEDULED, even_later)
    card = after(RoomEnded(room_id=ROOM, reason=EndedReason.CANCELLED, by=HOST), card=card)
    assert (card.state, card.awaited_host_id, card.started_at) == (RoomState.ENDED, None, None)


def test_a_room_that_opens_by_itself_is_empty_and_awaits_its_host() -> None:
    card = after(planned, opened_by_itself)
    assert (card.state, card.started_at, card.listed_at) == (RoomState.LIVE, NOON, NOON)
    assert (card.awaited_host_id, card.participant_count, card.stage) == (HOST, 0, [])


def test_a_host_who_has_just_come_gets_the_keys_that_nobody_had() -> None:
    arrived = HostTransferred(room_id=ROOM, from_id=None, to_id=HOST, reason=RoleReason.ARRIVED)
    card = after(planned, opened_by_itself, joined(ALICE), joined(HOST), arrived)
    assert (card.awaited_host_id, card.participant_count) == (None, 2)
    assert on_stage(card) == [(HOST, Role.HOST, 4)]


def test_nobody_is_awaited_any_more_once_somebody_else_has_the_keys() -> None:
    keys = HostTransferred(room_id=ROOM, from_id=None, to_id=ALICE, reason=RoleReason.TOOK_KEYS)
    assert after(planned, opened_by_itself, joined(ALICE), keys).awaited_host_id is None


def test_a_room_that_opened_by_itself_ends_without_a_host() -> None:
    card = after(planned, opened_by_itself, RoomEnded(room_id=ROOM, reason=EndedReason.NO_HOST))
    assert (card.state, card.awaited_host_id) == (RoomState.ENDED, None)


def test_an_invitation_lasts_until_it_is_answered_or_taken_back_or_its_reason_is_gone() -> None:
    keys = HostTransferred(room_id=ROOM, from_id=HOST, to_id=ALICE, reason=RoleReason.CHANGED)
    invited = after(opened, joined(ALICE), invitation(ALICE), invitation(BOB))
    assert invited.invited == {ALICE, BOB}
    for end in (
        InvitationDeclined(room_id=ROOM, user_id=ALICE),
        InvitationWithdrawn(room_id=ROOM, user_id=ALICE),
        now_is(ALICE, Role.SPEAKER),
        left(ALICE),
        keys,
    ):
        assert after(end, card=invited).invited == {BOB}
    assert after(RoomEnded(room_id=ROOM, reason=EndedReason.ENDED), card=invited).invited == frozenset()


def test_whoever_is_invited_from_outside_and_comes_in_is_still_invited_to_speak() -> None:
    assert after(opened, invitation(BOB), joined(BOB)).invited == {BOB}


def test_a_room_becomes_private_and_open_again() -> None:
    card = after(opened, RoomPolicyChanged(room_id=ROOM, policy=Policy(enter="private"), by=HOST))
    assert card.policy.enter == "private"
    card = after(RoomPolicyChanged(room_id=ROOM, policy=Policy(max_people=9), by=HOST), card=card)
    assert (card.policy.enter, card.policy.max_people) == ("everyone", 9)
