"""Who sees what of a room's facts. The event feed and the socket leave out the same, by this rule alone."""

from typing import assert_never
from uuid import UUID

from contracts.roles import Role
from contracts.rooms import (
    BanLifted,
    BlockedOnStage,
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
    RoleChanged,
    RoomEnded,
    RoomFact,
    RoomOpened,
    RoomPolicyChanged,
    RoomRenamed,
    RoomRescheduled,
    RoomScheduled,
    SpeakerInvited,
)

SENT_AWAY = (LeftReason.REMOVED, LeftReason.BANNED)


def as_seen(fact: RoomFact, viewer_id: UUID, viewer_role: Role | None) -> RoomFact | None:
    """The fact as this viewer, in this role, may see it; None when they may not.

    Invitations, links, removals and bans are between moderators and the one they are about. Others see that somebody
    left, not that they were made to; and who was muted or moved, not what was said of it.
    """
    moderates = viewer_role is not None and viewer_role.moderates
    match fact:
        case (
            RoomScheduled()
            | RoomRescheduled()
            | RoomOpened()
            | RoomRenamed()
            | RoomPolicyChanged()
            | GuestRegistered()
            | HandLowered()
            | ParticipantUnmuted()
            | HostLost()
            | HostTransferred()
            | RoomEnded()
        ):
            return fact
        case ParticipantJoined():
            return _without(fact, device=None)
        case HandRaised(hidden_from=hidden_from):
            return None if viewer_id in hidden_from else _without(fact, hidden_from=())
        case HandHidden(from_id=from_id):
            return fact if viewer_id == from_id else None
        case LinkMade() | LinkWithdrawn() | BlockedOnStage():
            return fact if moderates else None
        case (
            SpeakerInvited()
            | InvitationDeclined()
            | InvitationWithdrawn()
            | ParticipantRemoved()
            | ParticipantBanned()
            | BanLifted()
        ):
            return fact if moderates or viewer_id == fact.user_id else None
        case ParticipantMuted() | RoleChanged():
            return fact if moderates or viewer_id == fact.user_id else _without(fact, why=None)
        case ParticipantLeft(user_id=user, reason=reason):
            open_to_viewer = moderates or viewer_id == user or reason not in SENT_AWAY
            return fact if open_to_viewer else fact.model_copy(update={"reason": LeftReason.LEFT, "by": None})
        case _:
            assert_never(fact)


def _without(fact: RoomFact, **nothing: object) -> RoomFact:
    """The fact with these fields said to be empty; the very same when they are."""
    same = all(getattr(fact, name) == value for name, value in nothing.items())
    return fact if same else fact.model_copy(update=nothing)
