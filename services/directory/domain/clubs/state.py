"""A club as its decisions see it. Members and followers may be many: they are rows, read under the stream's lock."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from contracts.base import Envelope
from contracts.clubs import (
    Admission,
    ClubAdminAdded,
    ClubAdminRemoved,
    ClubAdmissionChanged,
    ClubBanLifted,
    ClubDescribed,
    ClubFact,
    ClubFollowed,
    ClubFounded,
    ClubHandedOver,
    ClubInvitationDeclined,
    ClubInvitationWithdrawn,
    ClubInvited,
    ClubMemberBanned,
    ClubMemberJoined,
    ClubMemberLeft,
    ClubMemberRemoved,
    ClubRenamed,
    ClubRequestDeclined,
    ClubRequested,
    ClubRequestWithdrawn,
    ClubTopicChanged,
    ClubUnfollowed,
)
from contracts.problems import Code
from services.directory.domain.clubs.commands import Wishes
from services.kit.decisions import Refused


class Place(StrEnum):
    """A member's place in the club."""

    FOUNDER = "founder"
    ADMIN = "admin"
    MEMBER = "member"


class Waiting(StrEnum):
    """At the club's door."""

    ASKED = "asked"
    INVITED = "invited"


@dataclass(frozen=True)
class Beside:
    """Of the person a command is about. `heir`: who gets the club when its founder is erased."""

    exists: bool = False
    follows: bool = False
    place: Place | None = None
    waiting: Waiting | None = None
    invited_by: UUID | None = None
    banned: bool = False
    heir: UUID | None = None


@dataclass(frozen=True)
class ClubRow:
    name: str
    topic_id: UUID
    founder_id: UUID
    founded_at: datetime


@dataclass(frozen=True)
class WishesRow:
    wishes: Wishes


@dataclass(frozen=True)
class FollowerRow:
    user_id: UUID
    follows: bool


@dataclass(frozen=True)
class MemberRow:
    """A new member."""

    user_id: UUID
    since: datetime


@dataclass(frozen=True)
class PlaceRow:
    """A member has another place; None: is no member any more."""

    user_id: UUID
    place: Place | None


@dataclass(frozen=True)
class WaitingRow:
    user_id: UUID
    waiting: Waiting
    by: UUID | None
    since: datetime


@dataclass(frozen=True)
class AnsweredRow:
    """Waits no longer."""

    user_id: UUID


@dataclass(frozen=True)
class BanRow:
    user_id: UUID
    by: UUID
    since: datetime


@dataclass(frozen=True)
class LiftedRow:
    user_id: UUID


Row = ClubRow | WishesRow | FollowerRow | MemberRow | PlaceRow | WaitingRow | AnsweredRow | BanRow | LiftedRow


NOBODY, NOT_FOUNDED = UUID(int=0), Wishes()


@dataclass(frozen=True)
class Club:
    club_id: UUID
    founded: ClubFounded | None = None
    founder_id: UUID = NOBODY
    now: Wishes = NOT_FOUNDED  # as it is: nothing in it is None once it is founded
    admins: frozenset[UUID] = frozenset()

    def runs(self, user: UUID) -> bool:
        """The founder and the admins."""
        return user == self.founder_id or user in self.admins


UNKNOWN = Refused(Code.NOT_FOUND, "There is no such club.")
NO_SUCH_PERSON = Refused(Code.USER_UNKNOWN, "There is no such person.")
NOT_ADMIN = Refused(Code.NOT_CLUB_ADMIN, "Only the club's founder and admins do this. Ask one of them.")
NOT_FOUNDER = Refused(Code.NOT_FOUNDER, "Only the club's founder does this. Ask them.")


def evolve(club: Club, envelope: Envelope[ClubFact]) -> Club:
    fact = envelope.fact
    match fact:
        case ClubFounded():
            return replace(club, founded=fact, founder_id=fact.founder_id, now=at_first(fact))
        case ClubRenamed(name=name):
            return replace(club, now=replace(club.now, name=name))
        case ClubDescribed(description=description, rules=rules):
            return replace(club, now=merged(club.now, Wishes(description=description, rules=rules)))
        case ClubTopicChanged(topic_id=topic):
            return replace(club, now=replace(club.now, topic_id=topic))
        case ClubAdmissionChanged(admission=admission):
            return replace(club, now=replace(club.now, admission=admission))
        case ClubAdminAdded(user_id=user):
            return replace(club, admins=club.admins | {user})
        case (
            ClubAdminRemoved(user_id=user)
            | ClubMemberLeft(user_id=user)
            | ClubMemberRemoved(user_id=user)
            | ClubMemberBanned(user_id=user)
        ):
            return replace(club, admins=club.admins - {user})
        case ClubHandedOver(from_id=former, to_id=to):
            return replace(club, founder_id=to, admins=club.admins - {to} | {former})
        case (
            ClubFollowed()
            | ClubUnfollowed()
            | ClubRequested()
            | ClubRequestWithdrawn()
            | ClubRequestDeclined()
            | ClubInvited()
            | ClubInvitationWithdrawn()
            | ClubInvitationDeclined()
            | ClubMemberJoined()
            | ClubBanLifted()
        ):
            return club
        case _:
            assert_never(fact)


def at_first(fact: ClubFounded) -> Wishes:
    """What a club is when it has just been founded."""
    return Wishes(fact.name, fact.topic_id, "", "", Admission.OPEN)


def merged(now: Wishes, wishes: Wishes) -> Wishes:
    """As it is once these wishes came true."""
    return replace(now, **{name: value for name, value in vars(wishes).items() if value is not None})
