"""Who follows a club, belongs to it, runs it, waits at its door, or is kept out.

A request and an invitation end with the fact that answers them, or with `ClubMemberJoined` or `ClubMemberBanned`.
"""

from typing import Literal
from uuid import UUID

from contracts.base import Fact


class OfOne(Fact):
    club_id: UUID
    user_id: UUID


class ClubFollowed(OfOne):
    type: Literal["club.followed.v1"] = "club.followed.v1"


class ClubUnfollowed(OfOne):
    type: Literal["club.unfollowed.v1"] = "club.unfollowed.v1"


class ClubAdminAdded(OfOne):
    type: Literal["club.admin_added.v1"] = "club.admin_added.v1"
    by: UUID


class ClubAdminRemoved(OfOne):
    """No admin any more, and still a member."""

    type: Literal["club.admin_removed.v1"] = "club.admin_removed.v1"
    by: UUID


class ClubHandedOver(Fact):
    """The founder's place went over; `from_id` is an admin from then on, unless they are gone."""

    type: Literal["club.handed_over.v1"] = "club.handed_over.v1"
    club_id: UUID
    from_id: UUID
    to_id: UUID


class ClubRequested(OfOne):
    """Asks to come in."""

    type: Literal["club.requested.v1"] = "club.requested.v1"


class ClubRequestWithdrawn(OfOne):
    type: Literal["club.request_withdrawn.v1"] = "club.request_withdrawn.v1"


class ClubRequestDeclined(OfOne):
    type: Literal["club.request_declined.v1"] = "club.request_declined.v1"
    by: UUID


class ClubInvited(OfOne):
    type: Literal["club.invited.v1"] = "club.invited.v1"
    by: UUID


class ClubInvitationWithdrawn(OfOne):
    type: Literal["club.invitation_withdrawn.v1"] = "club.invitation_withdrawn.v1"
    by: UUID


class ClubInvitationDeclined(OfOne):
    type: Literal["club.invitation_declined.v1"] = "club.invitation_declined.v1"


class ClubMemberJoined(OfOne):
    """`by`: who let them in, by saying yes or by an invitation; None where everybody may."""

    type: Literal["club.member_joined.v1"] = "club.member_joined.v1"
    by: UUID | None = None


class ClubMemberLeft(OfOne):
    type: Literal["club.member_left.v1"] = "club.member_left.v1"


class ClubMemberRemoved(OfOne):
    type: Literal["club.member_removed.v1"] = "club.member_removed.v1"
    by: UUID


class ClubMemberBanned(OfOne):
    """Kept out of the club and of its rooms, member or not until now."""

    type: Literal["club.member_banned.v1"] = "club.member_banned.v1"
    by: UUID


class ClubBanLifted(OfOne):
    type: Literal["club.ban_lifted.v1"] = "club.ban_lifted.v1"
    by: UUID
