"""Facts about rooms, told by services/rooms on `room.events.v1`, keyed by room id. People appear by id only.

A seat's number is the version of the fact that made it (`RoomOpened` for the opener, else `ParticipantJoined`), so
every reader of the log knows it; it is also the CSRC of its voice.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts.base import Fact
from contracts.roles import Role


class Policy(BaseModel):
    """Who may step onto the stage: by hand and invitation, by invitation only, or anyone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    speak: Literal["hand", "invite", "open"] = "hand"
    hands_open: bool = True


class LeftReason(StrEnum):
    LEFT = "left"  # by oneself
    LOST = "lost"  # the grace of a lost connection ran out
    REMOVED = "removed"
    BANNED = "banned"
    ENDED = "ended"


class RoleReason(StrEnum):
    INVITED = "invited"  # accepted an invitation
    STEPPED_UP = "stepped_up"  # the stage is open to anyone
    STEPPED_DOWN = "stepped_down"
    CHANGED = "changed"  # by somebody above
    HOST_LOST = "host_lost"  # the keys went over when the host did not come back
    TOOK_KEYS = "took_keys"


class EndedReason(StrEnum):
    ENDED = "ended"  # by the host
    HOSTLESS = "hostless"  # nobody took the keys in time


class RoomScheduled(Fact):
    type: Literal["room.scheduled.v1"] = "room.scheduled.v1"
    room_id: UUID
    host_id: UUID
    name: str
    club_id: UUID | None = None
    topic_id: UUID | None = None
    policy: Policy = Policy()
    scheduled_for: datetime


class RoomOpened(Fact):
    """The door is open; the opener sits in seat `ce_sequence` as HOST."""

    type: Literal["room.opened.v1"] = "room.opened.v1"
    room_id: UUID
    host_id: UUID
    name: str
    club_id: UUID | None = None
    topic_id: UUID | None = None
    policy: Policy = Policy()


class RoomRenamed(Fact):
    type: Literal["room.renamed.v1"] = "room.renamed.v1"
    room_id: UUID
    name: str
    by: UUID


class RoomPolicyChanged(Fact):
    type: Literal["room.policy_changed.v1"] = "room.policy_changed.v1"
    room_id: UUID
    policy: Policy
    by: UUID


class ParticipantJoined(Fact):
    """A new seat, as AUDIENCE; its number is this fact's version."""

    type: Literal["room.participant_joined.v1"] = "room.participant_joined.v1"
    room_id: UUID
    user_id: UUID
    guest: bool = False


class ParticipantLeft(Fact):
    """The seat is gone, and the person with it."""

    type: Literal["room.participant_left.v1"] = "room.participant_left.v1"
    room_id: UUID
    user_id: UUID
    seat: int
    reason: LeftReason
    by: UUID | None = None


class RoleChanged(Fact):
    type: Literal["room.role_changed.v1"] = "room.role_changed.v1"
    room_id: UUID
    user_id: UUID
    role: Role
    reason: RoleReason
    by: UUID | None = None


class HandRaised(Fact):
    """A listener asks for the stage. Moderators see hands in the order they went up."""

    type: Literal["room.hand_raised.v1"] = "room.hand_raised.v1"
    room_id: UUID
    user_id: UUID


class HandLowered(Fact):
    type: Literal["room.hand_lowered.v1"] = "room.hand_lowered.v1"
    room_id: UUID
    user_id: UUID
    by: UUID


class SpeakerInvited(Fact):
    """The room's consent to someone's speaking; their own is still to come, before `expires_at`."""

    type: Literal["room.speaker_invited.v1"] = "room.speaker_invited.v1"
    room_id: UUID
    user_id: UUID
    by: UUID
    expires_at: datetime


class InvitationDeclined(Fact):
    type: Literal["room.invitation_declined.v1"] = "room.invitation_declined.v1"
    room_id: UUID
    user_id: UUID


class InvitationWithdrawn(Fact):
    """Taken back by a moderator (`by`), or run out (`by` is None)."""

    type: Literal["room.invitation_withdrawn.v1"] = "room.invitation_withdrawn.v1"
    room_id: UUID
    user_id: UUID
    by: UUID | None = None


class ParticipantMuted(Fact):
    """A moderator shut this microphone; only its owner opens it again."""

    type: Literal["room.participant_muted.v1"] = "room.participant_muted.v1"
    room_id: UUID
    user_id: UUID
    by: UUID


class ParticipantUnmuted(Fact):
    """The owner undid a moderator's mute."""

    type: Literal["room.participant_unmuted.v1"] = "room.participant_unmuted.v1"
    room_id: UUID
    user_id: UUID


class ParticipantRemoved(Fact):
    """Asked to leave; may come back at `until`. A `ParticipantLeft` follows."""

    type: Literal["room.participant_removed.v1"] = "room.participant_removed.v1"
    room_id: UUID
    user_id: UUID
    by: UUID
    until: datetime


class ParticipantBanned(Fact):
    type: Literal["room.participant_banned.v1"] = "room.participant_banned.v1"
    room_id: UUID
    user_id: UUID
    by: UUID
    reason: str | None = None


class BanLifted(Fact):
    type: Literal["room.ban_lifted.v1"] = "room.ban_lifted.v1"
    room_id: UUID
    user_id: UUID
    by: UUID


class HostLost(Fact):
    """The host is gone and no moderator can take over: the room ends at `ends_at` unless someone takes the keys."""

    type: Literal["room.host_lost.v1"] = "room.host_lost.v1"
    room_id: UUID
    user_id: UUID
    ends_at: datetime


class HostTransferred(Fact):
    """The keys went from one to another; the former host, if still in the room, is a moderator now."""

    type: Literal["room.host_transferred.v1"] = "room.host_transferred.v1"
    room_id: UUID
    from_id: UUID | None
    to_id: UUID
    reason: RoleReason
    by: UUID | None = None


class RoomEnded(Fact):
    """Nothing follows it."""

    type: Literal["room.ended.v1"] = "room.ended.v1"
    room_id: UUID
    reason: EndedReason
    by: UUID | None = None


RoomFact = Annotated[
    RoomScheduled
    | RoomOpened
    | RoomRenamed
    | RoomPolicyChanged
    | ParticipantJoined
    | ParticipantLeft
    | RoleChanged
    | HandRaised
    | HandLowered
    | SpeakerInvited
    | InvitationDeclined
    | InvitationWithdrawn
    | ParticipantMuted
    | ParticipantUnmuted
    | ParticipantRemoved
    | ParticipantBanned
    | BanLifted
    | HostLost
    | HostTransferred
    | RoomEnded,
    Field(discriminator="type"),
]

ROOM_FACTS: TypeAdapter[RoomFact] = TypeAdapter(RoomFact)
