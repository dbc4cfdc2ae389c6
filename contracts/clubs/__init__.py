"""Facts about clubs, told by services/directory on `club.events.v1`, keyed by club id. People appear by id only."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from contracts.clubs.life import (
    Admission,
    ClubAdmissionChanged,
    ClubDescribed,
    ClubFounded,
    ClubRenamed,
    ClubTopicChanged,
)
from contracts.clubs.people import (
    ClubAdminAdded,
    ClubAdminRemoved,
    ClubBanLifted,
    ClubFollowed,
    ClubHandedOver,
    ClubInvitationDeclined,
    ClubInvitationWithdrawn,
    ClubInvited,
    ClubMemberBanned,
    ClubMemberJoined,
    ClubMemberLeft,
    ClubMemberRemoved,
    ClubRequestDeclined,
    ClubRequested,
    ClubRequestWithdrawn,
    ClubUnfollowed,
)

__all__ = [
    "CLUB_FACTS",
    "Admission",
    "ClubAdminAdded",
    "ClubAdminRemoved",
    "ClubAdmissionChanged",
    "ClubBanLifted",
    "ClubDescribed",
    "ClubFact",
    "ClubFollowed",
    "ClubFounded",
    "ClubHandedOver",
    "ClubInvitationDeclined",
    "ClubInvitationWithdrawn",
    "ClubInvited",
    "ClubMemberBanned",
    "ClubMemberJoined",
    "ClubMemberLeft",
    "ClubMemberRemoved",
    "ClubRenamed",
    "ClubRequestDeclined",
    "ClubRequestWithdrawn",
    "ClubRequested",
    "ClubTopicChanged",
    "ClubUnfollowed",
]

ClubFact = Annotated[
    ClubFounded
    | ClubRenamed
    | ClubDescribed
    | ClubTopicChanged
    | ClubAdmissionChanged
    | ClubFollowed
    | ClubUnfollowed
    | ClubAdminAdded
    | ClubAdminRemoved
    | ClubHandedOver
    | ClubRequested
    | ClubRequestWithdrawn
    | ClubRequestDeclined
    | ClubInvited
    | ClubInvitationWithdrawn
    | ClubInvitationDeclined
    | ClubMemberJoined
    | ClubMemberLeft
    | ClubMemberRemoved
    | ClubMemberBanned
    | ClubBanLifted,
    Field(discriminator="type"),
]

CLUB_FACTS: TypeAdapter[ClubFact] = TypeAdapter(ClubFact)
