"""A state that is folded otherwise than before must have another version: a remembered one would be wrong."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from contracts.base import Envelope
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
from services.rooms.domain.state import Room, evolve, initial
from services.rooms.snapshots import FOLD_VERSION, dump

STATES = Path(__file__).with_name("states")
ROOM, HOST, MIA, SAM, ANA, ZOE, LINK, OTHER_LINK = (UUID(int=number) for number in range(1, 9))
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SOON = NOON + timedelta(minutes=10)

HISTORY: tuple[RoomFact, ...] = (
    RoomScheduled(room_id=ROOM, host_id=HOST, name="Jazz at six", scheduled_for=SOON),
    RoomRescheduled(room_id=ROOM, scheduled_for=SOON, by=HOST),
    RoomRenamed(room_id=ROOM, name="Jazz at seven", by=HOST),
    RoomPolicyChanged(room_id=ROOM, policy=Policy(enter="private", max_people=9), by=HOST),
    LinkMade(room_id=ROOM, link_id=LINK, by=HOST, expires_at=SOON),
    LinkMade(room_id=ROOM, link_id=OTHER_LINK, by=HOST, expires_at=SOON),
    LinkWithdrawn(room_id=ROOM, link_id=OTHER_LINK, by=HOST),
    RoomOpened(room_id=ROOM, host_id=HOST, name="Jazz", policy=Policy(enter="private"), host_awaited_until=SOON),
    ParticipantJoined(room_id=ROOM, user_id=HOST, device="d1"),
    HostTransferred(room_id=ROOM, from_id=None, to_id=HOST, reason=RoleReason.ARRIVED, by=HOST),
    ParticipantJoined(room_id=ROOM, user_id=MIA, invited_by=HOST),
    ParticipantJoined(room_id=ROOM, user_id=SAM, device="d2"),
    ParticipantJoined(room_id=ROOM, user_id=ANA, guest=True),
    HandRaised(room_id=ROOM, user_id=MIA),
    HandRaised(room_id=ROOM, user_id=SAM, hidden_from=(MIA,)),
    HandHidden(room_id=ROOM, user_id=SAM, from_id=ANA),
    SpeakerInvited(room_id=ROOM, user_id=MIA, by=HOST, expires_at=SOON),
    RoleChanged(room_id=ROOM, user_id=MIA, role=Role.SPEAKER, reason=RoleReason.INVITED, by=HOST),
    RoleChanged(room_id=ROOM, user_id=MIA, role=Role.MODERATOR, reason=RoleReason.CHANGED, by=HOST),
    HandLowered(room_id=ROOM, user_id=SAM, by=MIA),
    SpeakerInvited(room_id=ROOM, user_id=SAM, by=MIA, expires_at=SOON),
    InvitationDeclined(room_id=ROOM, user_id=SAM),
    SpeakerInvited(room_id=ROOM, user_id=ZOE, by=MIA, expires_at=SOON),
    InvitationWithdrawn(room_id=ROOM, user_id=ZOE),
    RoleChanged(room_id=ROOM, user_id=SAM, role=Role.SPEAKER, reason=RoleReason.STEPPED_UP, by=SAM),
    BlockedOnStage(room_id=ROOM, user_id=SAM, other_id=MIA),
    ParticipantMuted(room_id=ROOM, user_id=SAM, by=MIA, why="a dog"),
    ParticipantUnmuted(room_id=ROOM, user_id=SAM),
    ParticipantMuted(room_id=ROOM, user_id=SAM, by=MIA),
    ParticipantRemoved(room_id=ROOM, user_id=ANA, by=MIA, until=SOON),
    ParticipantLeft(room_id=ROOM, user_id=ANA, seat=13, reason=LeftReason.REMOVED, by=MIA),
    ParticipantBanned(room_id=ROOM, user_id=SAM, by=MIA),
    ParticipantLeft(room_id=ROOM, user_id=SAM, seat=12, reason=LeftReason.BANNED, by=MIA),
    ParticipantBanned(room_id=ROOM, user_id=ZOE, by=MIA),
    BanLifted(room_id=ROOM, user_id=ZOE, by=MIA),
    ParticipantLeft(room_id=ROOM, user_id=MIA, seat=11, reason=LeftReason.LEFT),
    ParticipantLeft(room_id=ROOM, user_id=HOST, seat=9, reason=LeftReason.LOST),
    HostLost(room_id=ROOM, user_id=HOST, ends_at=SOON),
    ParticipantJoined(room_id=ROOM, user_id=ZOE, guest=True),
    GuestRegistered(room_id=ROOM, user_id=ZOE),
    SpeakerInvited(room_id=ROOM, user_id=ZOE, by=HOST, expires_at=SOON),
    HandRaised(room_id=ROOM, user_id=ZOE),
    RoomEnded(room_id=ROOM, reason=EndedReason.HOSTLESS),
)


def states() -> list[Room]:
    room, folded = initial(ROOM), []
    for version, fact in enumerate(HISTORY, 1):
        at = NOON + timedelta(seconds=version)
        room = evolve(
            room, Envelope(id=UUID(int=version), source="/rooms", stream=ROOM, version=version, at=at, fact=fact)
        )
        folded.append(room)
    return folded


def test_the_history_has_every_type_of_fact() -> None:
    assert {fact.type for fact in HISTORY} == known_types(ROOM_FACTS)


def test_a_state_that_is_folded_otherwise_has_another_version() -> None:
    """When this fails: raise FOLD_VERSION, and add the sample of the new version."""
    folded = states()
    sample = {
        "before_the_end": _sorted(json.loads(dump(folded[-2]))),
        "every_step": [sha256(_canonical(room)).hexdigest()[:16] for room in folded],
    }
    path = STATES / f"room.{FOLD_VERSION}.json"
    assert path.exists(), f"{path.name} is to hold: {json.dumps(sample)}"
    assert sample == json.loads(path.read_text())


def _canonical(room: Room) -> bytes:
    """Sets have no order, and nor have they here."""
    return json.dumps(_sorted(json.loads(dump(room))), sort_keys=True).encode()


def _sorted(value: object) -> object:
    if isinstance(value, dict):
        return {key: _sorted(each) for key, each in value.items()}
    return sorted(map(_sorted, value), key=json.dumps) if isinstance(value, list) else value
