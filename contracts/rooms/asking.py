"""The way onto the stage, and into a private room: hands, invitations, links."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.base import Fact


class HandRaised(Fact):
    """A listener asks for the stage. Moderators see hands in the order they went up.

    `hidden_from`: people here who have blocked them, and so do not see it.
    """

    type: Literal["room.hand_raised.v1"] = "room.hand_raised.v1"
    room_id: UUID
    user_id: UUID
    hidden_from: tuple[UUID, ...] = ()


class HandHidden(Fact):
    """From now on `from_id`, who has blocked `user_id`, does not see that hand. Only `from_id` is told."""

    type: Literal["room.hand_hidden.v1"] = "room.hand_hidden.v1"
    room_id: UUID
    user_id: UUID
    from_id: UUID


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


class LinkMade(Fact):
    """A link that lets people in until `expires_at`. The link itself is signed with a key that no log holds."""

    type: Literal["room.link_made.v1"] = "room.link_made.v1"
    room_id: UUID
    link_id: UUID
    by: UUID
    expires_at: datetime


class LinkWithdrawn(Fact):
    """Nobody comes in by it any more."""

    type: Literal["room.link_withdrawn.v1"] = "room.link_withdrawn.v1"
    room_id: UUID
    link_id: UUID
    by: UUID
