"""Who sees what: a rule for every type of fact, each with its row here."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from contracts.cloudevents import known_types
from contracts.roles import Role
from contracts.rooms import (
    ROOM_FACTS,
    BanLifted,
    BlockedOnStage,
    EndedReason,
    GuestRegistered,
    HandHidden,
    HandLowered,
    HandRaised,
    HostLost,
    HostTransferred,
    InvitationDeclined,
    InvitationWithdrawn,
    LeftReason,
    LinkMade,
    LinkWithdrawn,
    ParticipantBanned,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantMuted,
    ParticipantRemoved,
    ParticipantUnmuted,
    Policy,
    RoleChanged,
    RoleReason,
    RoomEnded,
    RoomFact,
    RoomOpened,
    RoomPolicyChanged,
    RoomRenamed,
    RoomRescheduled,
    RoomScheduled,
    SpeakerInvited,
)
from contracts.visibility import as_seen

ROOM, HOST, ALICE, BOB, LINK = (uuid4() for _ in range(5))
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

lost = ParticipantLeft(room_id=ROOM, user_id=ALICE, seat=2, reason=LeftReason.LOST)
OPEN_TO_ALL: list[RoomFact] = [
    RoomScheduled(room_id=ROOM, host_id=HOST, name="Jazz at noon", scheduled_for=NOON),
    RoomRescheduled(room_id=ROOM, scheduled_for=NOON, by=HOST),
    RoomOpened(room_id=ROOM, host_id=HOST, name="Jazz at noon"),
    RoomRenamed(room_id=ROOM, name="Jazz at one", by=HOST),
    RoomPolicyChanged(room_id=ROOM, policy=Policy(), by=HOST),
    ParticipantJoined(room_id=ROOM, user_id=ALICE, invited_by=HOST),
    lost,
    RoleChanged(room_id=ROOM, user_id=ALICE, role=Role.SPEAKER, reason=RoleReason.INVITED, by=HOST),
    HandRaised(room_id=ROOM, user_id=ALICE),
    HandLowered(room_id=ROOM, user_id=ALICE, by=HOST),
    ParticipantMuted(room_id=ROOM, user_id=ALICE, by=HOST),
    ParticipantUnmuted(room_id=ROOM, user_id=ALICE),
    GuestRegistered(room_id=ROOM, user_id=ALICE),
    HostLost(room_id=ROOM, user_id=HOST, ends_at=NOON),
    HostTransferred(room_id=ROOM, from_id=HOST, to_id=ALICE, reason=RoleReason.CHANGED),
    RoomEnded(room_id=ROOM, reason=EndedReason.ENDED, by=HOST),
]
FOR_MODERATORS_AND_TARGET: list[RoomFact] = [
    SpeakerInvited(room_id=ROOM, user_id=ALICE, by=HOST, expires_at=NOON),
    InvitationDeclined(room_id=ROOM, user_id=ALICE),
    InvitationWithdrawn(room_id=ROOM, user_id=ALICE, by=HOST),
    ParticipantRemoved(room_id=ROOM, user_id=ALICE, by=HOST, until=NOON, why="shouting"),
    ParticipantBanned(room_id=ROOM, user_id=ALICE, by=HOST, why="shouting"),
    BanLifted(room_id=ROOM, user_id=ALICE, by=HOST),
]
FOR_MODERATORS: list[RoomFact] = [
    LinkMade(room_id=ROOM, link_id=LINK, by=HOST, expires_at=NOON),
    LinkWithdrawn(room_id=ROOM, link_id=LINK, by=HOST),
    BlockedOnStage(room_id=ROOM, user_id=ALICE, other_id=BOB),
]
FOR_ONE_WHO_BLOCKED: list[RoomFact] = [HandHidden(room_id=ROOM, user_id=ALICE, from_id=BOB)]


def test_every_type_has_its_rule_here() -> None:
    listed = {fact.type for fact in (*OPEN_TO_ALL, *FOR_MODERATORS_AND_TARGET, *FOR_MODERATORS, *FOR_ONE_WHO_BLOCKED)}
    assert listed == known_types(ROOM_FACTS)


@pytest.mark.parametrize("fact", OPEN_TO_ALL, ids=lambda fact: fact.type)
def test_everybody_sees(fact: RoomFact) -> None:
    viewers: list[tuple[UUID, Role | None]] = [(HOST, Role.HOST), (ALICE, Role.AUDIENCE), (BOB, None)]
    assert [as_seen(fact, *viewer) for viewer in viewers] == [fact] * 3


@pytest.mark.parametrize("fact", FOR_MODERATORS_AND_TARGET, ids=lambda fact: fact.type)
def test_moderators_and_the_one_it_is_about_see(fact: RoomFact) -> None:
    assert as_seen(fact, HOST, Role.MODERATOR) == fact
    assert as_seen(fact, ALICE, Role.AUDIENCE) == fact
    assert as_seen(fact, ALICE, None) == fact
    assert as_seen(fact, BOB, Role.SPEAKER) is None


@pytest.mark.parametrize("fact", FOR_MODERATORS, ids=lambda fact: fact.type)
def test_moderators_alone_see(fact: RoomFact) -> None:
    assert as_seen(fact, HOST, Role.HOST) == fact
    assert as_seen(fact, ALICE, Role.SPEAKER) is None


@pytest.mark.parametrize("fact", FOR_ONE_WHO_BLOCKED, ids=lambda fact: fact.type)
def test_only_who_blocked_somebody_is_told_that_their_hand_is_hidden(fact: RoomFact) -> None:
    assert as_seen(fact, BOB, Role.MODERATOR) == fact
    assert as_seen(fact, HOST, Role.HOST) is None
    assert as_seen(fact, ALICE, Role.AUDIENCE) is None


def test_a_hand_is_not_seen_by_who_blocked_its_owner_and_nobody_learns_who_that_is() -> None:
    raised = HandRaised(room_id=ROOM, user_id=ALICE, hidden_from=(BOB,))
    assert as_seen(raised, BOB, Role.HOST) is None
    assert as_seen(raised, HOST, Role.HOST) == HandRaised(room_id=ROOM, user_id=ALICE)


def test_nobody_is_shown_a_device() -> None:
    joined = ParticipantJoined(room_id=ROOM, user_id=ALICE, guest=True, device="5f3c")
    assert as_seen(joined, HOST, Role.HOST) == ParticipantJoined(room_id=ROOM, user_id=ALICE, guest=True)


def test_that_somebody_was_made_to_leave_is_between_them_and_the_moderators() -> None:
    banned = ParticipantLeft(room_id=ROOM, user_id=ALICE, seat=2, reason=LeftReason.BANNED, by=HOST)
    gone = ParticipantLeft(room_id=ROOM, user_id=ALICE, seat=2, reason=LeftReason.LEFT)
    assert as_seen(banned, HOST, Role.HOST) == banned
    assert as_seen(banned, ALICE, None) == banned
    assert as_seen(banned, BOB, Role.AUDIENCE) == gone


@pytest.mark.parametrize(
    "fact",
    [
        ParticipantMuted(room_id=ROOM, user_id=ALICE, by=HOST, why="a dog"),
        RoleChanged(room_id=ROOM, user_id=ALICE, role=Role.AUDIENCE, reason=RoleReason.CHANGED, by=HOST, why="a dog"),
    ],
    ids=lambda fact: fact.type,
)
def test_why_is_said_to_moderators_and_the_one_it_is_about(fact: ParticipantMuted | RoleChanged) -> None:
    assert as_seen(fact, HOST, Role.MODERATOR) == fact
    assert as_seen(fact, ALICE, Role.AUDIENCE) == fact
    assert as_seen(fact, BOB, Role.SPEAKER) == fact.model_copy(update={"why": None})
