"""Facts about rooms, told by services/rooms on `room.events.v1`, keyed by room id. People appear by id only.

A seat's number is the version of the fact that made it (`RoomOpened` for the opener, else `ParticipantJoined`), so
every reader of the log knows it; it is also the CSRC of its voice.
"""

from typing import Annotated

from pydantic import Field, TypeAdapter

from contracts.rooms.asking import (
    HandHidden,
    HandLowered,
    HandRaised,
    InvitationDeclined,
    InvitationWithdrawn,
    LinkMade,
    LinkWithdrawn,
    SpeakerInvited,
)
from contracts.rooms.life import (
    HostLost,
    HostTransferred,
    RoomEnded,
    RoomOpened,
    RoomPolicyChanged,
    RoomRenamed,
    RoomRescheduled,
    RoomScheduled,
)
from contracts.rooms.people import (
    BanLifted,
    BlockedOnStage,
    GuestRegistered,
    ParticipantBanned,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantMuted,
    ParticipantRemoved,
    ParticipantUnmuted,
    RoleChanged,
)
from contracts.rooms.policy import Policy
from contracts.rooms.reasons import EndedReason, LeftReason, RoleReason

__all__ = [
    "ROOM_FACTS",
    "BanLifted",
    "BlockedOnStage",
    "EndedReason",
    "GuestRegistered",
    "HandHidden",
    "HandLowered",
    "HandRaised",
    "HostLost",
    "HostTransferred",
    "InvitationDeclined",
    "InvitationWithdrawn",
    "LeftReason",
    "LinkMade",
    "LinkWithdrawn",
    "ParticipantBanned",
    "ParticipantJoined",
    "ParticipantLeft",
    "ParticipantMuted",
    "ParticipantRemoved",
    "ParticipantUnmuted",
    "Policy",
    "RoleChanged",
    "RoleReason",
    "RoomEnded",
    "RoomFact",
    "RoomOpened",
    "RoomPolicyChanged",
    "RoomRenamed",
    "RoomRescheduled",
    "RoomScheduled",
    "SpeakerInvited",
]

RoomFact = Annotated[
    RoomScheduled
    | RoomRescheduled
    | RoomOpened
    | RoomRenamed
    | RoomPolicyChanged
    | ParticipantJoined
    | GuestRegistered
    | ParticipantLeft
    | RoleChanged
    | HandRaised
    | HandHidden
    | HandLowered
    | SpeakerInvited
    | InvitationDeclined
    | InvitationWithdrawn
    | LinkMade
    | LinkWithdrawn
    | ParticipantMuted
    | ParticipantUnmuted
    | ParticipantRemoved
    | ParticipantBanned
    | BanLifted
    | BlockedOnStage
    | HostLost
    | HostTransferred
    | RoomEnded,
    Field(discriminator="type"),
]

ROOM_FACTS: TypeAdapter[RoomFact] = TypeAdapter(RoomFact)
