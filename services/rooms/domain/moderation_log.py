"""Who did what to whom, when, why: a fold of the room's facts, complete because there is no other way to do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID

from contracts.base import Envelope
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
    LinkMade,
    LinkWithdrawn,
    ParticipantBanned,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantMuted,
    ParticipantRemoved,
    ParticipantUnmuted,
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


@dataclass(frozen=True)
class Entry:
    """`by` did `action`, to `user_id` if it was done to somebody. `more` is what else the fact says."""

    seq: int
    at: datetime
    action: str
    by: UUID | None
    user_id: UUID | None = None
    why: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def entry(envelope: Envelope[RoomFact]) -> Entry | None:
    """None for what people do about themselves, and what happens by itself."""
    return _entry(envelope.fact, envelope.seq, envelope.at)


def entry_as_seen(entry: Entry, viewer_id: UUID, moderates: bool) -> Entry:
    """In full for host and moderators; for everybody else without whom and why, but of what is about themselves."""
    if moderates or entry.user_id is None or entry.user_id == viewer_id:
        return entry
    return replace(entry, user_id=None, why=None, more={})


def _entry(fact: RoomFact, seq: int, at: datetime) -> Entry | None:
    match fact:
        case ParticipantMuted(user_id=user, by=by, why=why):
            return Entry(seq, at, "muted", by, user, why)
        case ParticipantRemoved(user_id=user, by=by, why=why, until=until):
            return Entry(seq, at, "removed", by, user, why, {"until": until})
        case ParticipantBanned(user_id=user, by=by, why=why, reason=reason):
            return Entry(seq, at, "banned", by, user, why or reason)
        case BanLifted(user_id=user, by=by, why=why):
            return Entry(seq, at, "ban_lifted", by, user, why)
        case RoleChanged(user_id=user, by=by, why=why, role=role, reason=RoleReason.CHANGED):
            return Entry(seq, at, "role_changed", by, user, why, {"role": role})
        case HandLowered(user_id=user, by=by) if by != user:
            return Entry(seq, at, "hand_lowered", by, user)
        case SpeakerInvited(user_id=user, by=by, expires_at=until):
            return Entry(seq, at, "invited", by, user, None, {"until": until})
        case InvitationWithdrawn(user_id=user, by=by) if by:
            return Entry(seq, at, "invitation_withdrawn", by, user)
        case LinkMade(by=by, expires_at=until):
            return Entry(seq, at, "link_made", by, None, None, {"until": until})
        case LinkWithdrawn(by=by):
            return Entry(seq, at, "link_withdrawn", by)
        case HostTransferred(to_id=user, by=by, why=why) if by:
            return Entry(seq, at, "keys_taken" if by == user else "keys_handed_over", by, user, why)
        case RoomRenamed(name=name, by=by):
            return Entry(seq, at, "renamed", by, None, None, {"name": name})
        case RoomPolicyChanged(policy=policy, by=by):
            return Entry(seq, at, "policy_changed", by, None, None, {"policy": policy})
        case RoomRescheduled(scheduled_for=until, by=by):
            return Entry(seq, at, "rescheduled", by, None, None, {"until": until})
        case RoomEnded(by=by, why=why) if by:
            return Entry(seq, at, "ended", by, None, why)
        case (
            (RoomScheduled() | RoomOpened() | RoomEnded() | HostLost() | HostTransferred() | BlockedOnStage())
            | (ParticipantJoined() | GuestRegistered() | ParticipantLeft() | ParticipantUnmuted() | RoleChanged())
            | (HandRaised() | HandHidden() | HandLowered() | InvitationDeclined() | InvitationWithdrawn())
        ):
            return None
        case _:
            assert_never(fact)


TYPES = frozenset(  # the facts that can make an entry; the others need not be read
    fact.model_fields["type"].default
    for fact in (
        *(ParticipantMuted, ParticipantRemoved, ParticipantBanned, BanLifted, RoleChanged, HandLowered, SpeakerInvited),
        *(InvitationWithdrawn, LinkMade, LinkWithdrawn, HostTransferred, RoomRenamed, RoomPolicyChanged),
        *(RoomRescheduled, RoomEnded),
    )
)
