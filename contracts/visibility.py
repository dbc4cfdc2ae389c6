"""Who may see which fact of a room. The event feed and the socket leave out the same ones, by this rule alone."""

from uuid import UUID

from contracts.roles import Role
from contracts.rooms import InvitationDeclined, InvitationWithdrawn, RoomFact, SpeakerInvited

FOR_MODERATORS_AND_TARGET = (SpeakerInvited, InvitationDeclined, InvitationWithdrawn)


def visible(fact: RoomFact, viewer_id: UUID, viewer_role: Role | None) -> bool:
    """Whether this viewer, in this role, may see the fact: invitations are between moderators and the invited."""
    if not isinstance(fact, FOR_MODERATORS_AND_TARGET):
        return True
    return fact.user_id == viewer_id or (viewer_role is not None and viewer_role.moderates)
