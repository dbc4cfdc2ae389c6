"""Facts about clubs, told by services/directory on `club.events.v1`, keyed by club id. People appear by id only."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from contracts.base import Fact


class ClubFounded(Fact):
    type: Literal["club.founded.v1"] = "club.founded.v1"
    club_id: UUID
    founder_id: UUID
    name: str
    topic_id: UUID


class ClubRenamed(Fact):
    type: Literal["club.renamed.v1"] = "club.renamed.v1"
    club_id: UUID
    name: str
    by: UUID


class ClubFollowed(Fact):
    type: Literal["club.followed.v1"] = "club.followed.v1"
    club_id: UUID
    user_id: UUID


class ClubUnfollowed(Fact):
    type: Literal["club.unfollowed.v1"] = "club.unfollowed.v1"
    club_id: UUID
    user_id: UUID


class ClubAdminAdded(Fact):
    type: Literal["club.admin_added.v1"] = "club.admin_added.v1"
    club_id: UUID
    user_id: UUID
    by: UUID


class ClubAdminRemoved(Fact):
    type: Literal["club.admin_removed.v1"] = "club.admin_removed.v1"
    club_id: UUID
    user_id: UUID
    by: UUID


ClubFact = Annotated[
    ClubFounded | ClubRenamed | ClubFollowed | ClubUnfollowed | ClubAdminAdded | ClubAdminRemoved,
    Field(discriminator="type"),
]

CLUB_FACTS: TypeAdapter[ClubFact] = TypeAdapter(ClubFact)
