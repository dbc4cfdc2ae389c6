"""What every reader of a room's facts makes of them."""

from datetime import UTC, datetime
from functools import reduce
from uuid import uuid4

import pytest

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_fold import fold, skip
from contracts.room_snapshot import RoomSnapshot
from contracts.room_view import view
from contracts.rooms import (
    HandRaised,
    HostTransferred,
    LeftReason,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantMuted,
    RoleChanged,
    RoleReason,
    RoomFact,
    RoomOpened,
    SpeakerInvited,
)

ROOM, HOST, ALICE, BOB = uuid4(), uuid4(), uuid4(), uuid4()
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

opened = RoomOpened(room_id=ROOM, host_id=HOST, name="Jazz at noon")
alice_joined = ParticipantJoined(room_id=ROOM, user_id=ALICE)
bob_joined = ParticipantJoined(room_id=ROOM, user_id=BOB)
alice_raised = HandRaised(room_id=ROOM, user_id=ALICE)
alice_invited = SpeakerInvited(room_id=ROOM, user_id=ALICE, by=HOST, expires_at=NOON)
alice_speaks = RoleChanged(room_id=ROOM, user_id=ALICE, role=Role.SPEAKER, reason=RoleReason.INVITED)
alice_muted = ParticipantMuted(room_id=ROOM, user_id=ALICE, by=HOST)
alice_left = ParticipantLeft(room_id=ROOM, user_id=ALICE, seat=2, reason=LeftReason.LEFT)


def recorded(version: int, fact: RoomFact) -> Envelope[RoomFact]:
    return Envelope(id=uuid4(), source="/rooms", stream=ROOM, version=version, at=NOON, fact=fact)


def given(*history: RoomFact) -> RoomSnapshot:
    return reduce(fold, (recorded(*each) for each in enumerate(history, 1)), RoomSnapshot(id=ROOM))


def test_a_seat_has_the_number_of_the_fact_that_made_it() -> None:
    room = given(opened, bob_joined, alice_joined)
    assert {user: seat.seat for user, seat in room.seats.items()} == {HOST: 1, BOB: 2, ALICE: 3}
    assert room.role_of(HOST) is Role.HOST


def test_a_hand_and_an_invitation_end_on_stage() -> None:
    room = given(opened, alice_joined, alice_raised, alice_invited, alice_speaks)
    assert room.hands == ()
    assert room.invitations == {}
    assert room.seats[ALICE].may_speak


def test_a_moderators_mute_shuts_the_microphone_and_ends_with_the_stage() -> None:
    muted = given(opened, alice_joined, alice_speaks, alice_muted)
    assert not muted.seats[ALICE].may_speak
    down = RoleChanged(room_id=ROOM, user_id=ALICE, role=Role.AUDIENCE, reason=RoleReason.CHANGED, by=HOST)
    assert not fold(muted, recorded(5, down)).seats[ALICE].muted


def test_whoever_leaves_is_gone_with_hand_and_invitation() -> None:
    room = given(opened, alice_joined, alice_raised, alice_invited, alice_left)
    assert (list(room.seats), room.hands, room.invitations) == ([HOST], (), {})


def test_a_former_host_who_is_still_here_is_a_moderator() -> None:
    room = given(
        opened,
        alice_joined,
        alice_speaks,
        HostTransferred(room_id=ROOM, from_id=HOST, to_id=ALICE, reason=RoleReason.CHANGED),
    )
    assert (room.role_of(HOST), room.role_of(ALICE), room.host_id) == (Role.MODERATOR, Role.HOST, ALICE)


def test_a_fact_folded_twice_changes_nothing() -> None:
    room = given(opened, alice_joined)
    assert fold(room, recorded(2, alice_joined)) == room


def test_a_gap_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not follow"):
        fold(given(opened), recorded(3, alice_joined))


def test_a_fact_of_an_unknown_type_only_counts() -> None:
    assert skip(given(opened), 2).seq == 2


def test_an_invitation_is_between_moderators_and_the_invited() -> None:
    room = given(opened, alice_joined, bob_joined, alice_invited)
    assert [len(view(room, viewer).invitations) for viewer in (HOST, ALICE, BOB)] == [1, 1, 0]
