"""What a club is called, is about, and whom it lets in."""

from enum import StrEnum
from typing import Literal, Self
from uuid import UUID

from contracts.base import Fact


class Admission(StrEnum):
    """How one becomes a member. A way that was added later is read as `invitation`: nobody comes in by mistake."""

    OPEN = "open"
    APPROVAL = "approval"  # by the founder or an admin
    INVITATION = "invitation"

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls("invitation")


class ClubFounded(Fact):
    """The founder is its first member. Admission is open until `ClubAdmissionChanged`."""

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


class ClubDescribed(Fact):
    """Only what changed is there."""

    type: Literal["club.described.v1"] = "club.described.v1"
    club_id: UUID
    description: str | None = None
    rules: str | None = None
    by: UUID


class ClubTopicChanged(Fact):
    type: Literal["club.topic_changed.v1"] = "club.topic_changed.v1"
    club_id: UUID
    topic_id: UUID
    by: UUID


class ClubAdmissionChanged(Fact):
    type: Literal["club.admission_changed.v1"] = "club.admission_changed.v1"
    club_id: UUID
    admission: Admission
    by: UUID
