"""A club: founded on a topic, followed by many, run by its founder and admins. The stream is the club's id."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from contracts.base import Envelope
from contracts.clubs import (
    ClubAdminAdded,
    ClubAdminRemoved,
    ClubFact,
    ClubFollowed,
    ClubFounded,
    ClubRenamed,
    ClubUnfollowed,
)
from contracts.problems import Code
from services.kit.decisions import Decided, Refused


@dataclass(frozen=True)
class Found:
    """`keeps`: the same club again, under a chosen id, is no refusal."""

    club_id: UUID
    by: UUID
    name: str
    topic_id: UUID
    at: datetime
    keeps: bool = False


@dataclass(frozen=True)
class Rename:
    by: UUID
    name: str


@dataclass(frozen=True)
class Follow:
    user_id: UUID


@dataclass(frozen=True)
class Unfollow:
    user_id: UUID


@dataclass(frozen=True)
class AddAdmin:
    by: UUID
    user_id: UUID


@dataclass(frozen=True)
class RemoveAdmin:
    by: UUID
    user_id: UUID


Command = Found | Rename | Follow | Unfollow | AddAdmin | RemoveAdmin


@dataclass(frozen=True)
class Beside:
    """Of the person a command names: whether they exist, and whether they follow this club."""

    exists: bool = False
    follows: bool = False


@dataclass(frozen=True)
class ClubRow:
    name: str
    topic_id: UUID
    founder_id: UUID
    founded_at: datetime


@dataclass(frozen=True)
class NameRow:
    name: str


@dataclass(frozen=True)
class FollowerRow:
    user_id: UUID
    follows: bool


@dataclass(frozen=True)
class AdminRow:
    user_id: UUID
    admin: bool


Row = ClubRow | NameRow | FollowerRow | AdminRow


@dataclass(frozen=True)
class Club:
    club_id: UUID
    founded: ClubFounded | None = None
    name: str = ""
    admins: frozenset[UUID] = frozenset()


UNKNOWN = Refused(Code.NOT_FOUND, "There is no such club.")
NO_SUCH_PERSON = Refused(Code.USER_UNKNOWN, "There is no such person.")
ID_TAKEN = Refused(Code.ALREADY_EXISTS, "Another club has this id.")
NOT_ADMIN = Refused(Code.NOT_CLUB_ADMIN, "Only the club's founder and admins rename it.")
NOT_FOUNDER = Refused(Code.NOT_ALLOWED, "Only the club's founder chooses its admins.")


def decide(command: Command, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    founded = club.founded
    if isinstance(command, Found):
        return _found(command, founded, beside)
    if founded is None:
        return UNKNOWN
    match command:
        case Rename(by=by, name=name):
            return _rename(club, by in {founded.founder_id, *club.admins}, by, name)
        case Follow(user_id=user):
            return _follow(club.club_id, user, beside)
        case Unfollow(user_id=user):
            facts = (ClubUnfollowed(club_id=club.club_id, user_id=user),) if beside.follows else ()
            return Decided(facts, (FollowerRow(user, False),) if facts else (), {"followed": False})
        case AddAdmin(by=by, user_id=user):
            return _add_admin(club, founded.founder_id, by, user, beside)
        case RemoveAdmin(by=by, user_id=user):
            return _remove_admin(club, founded.founder_id, by, user)
        case _:
            assert_never(command)


def _found(command: Found, founded: ClubFounded | None, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    fact = ClubFounded(club_id=command.club_id, founder_id=command.by, name=command.name, topic_id=command.topic_id)
    result = {"id": str(command.club_id)}
    if founded is not None:
        return Decided(result={**result, "created": False}) if command.keeps and fact == founded else ID_TAKEN
    if not beside.exists:
        return NO_SUCH_PERSON
    row = ClubRow(command.name, command.topic_id, command.by, command.at)
    return Decided((fact,), (row,), {**result, "created": True})


def _rename(club: Club, allowed: bool, by: UUID, name: str) -> Decided[ClubFact, Row] | Refused:
    if not allowed:
        return NOT_ADMIN
    if name == club.name:
        return Decided()
    return Decided((ClubRenamed(club_id=club.club_id, name=name, by=by),), (NameRow(name),))


def _follow(club_id: UUID, user: UUID, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    if not beside.exists:
        return NO_SUCH_PERSON
    if beside.follows:
        return Decided(result={"followed": True})
    return Decided((ClubFollowed(club_id=club_id, user_id=user),), (FollowerRow(user, True),), {"followed": True})


def _add_admin(club: Club, founder: UUID, by: UUID, user: UUID, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    if by != founder:
        return NOT_FOUNDER
    if not beside.exists:
        return NO_SUCH_PERSON
    if user == founder or user in club.admins:
        return Decided()  # runs it already
    return Decided((ClubAdminAdded(club_id=club.club_id, user_id=user, by=by),), (AdminRow(user, True),))


def _remove_admin(club: Club, founder: UUID, by: UUID, user: UUID) -> Decided[ClubFact, Row] | Refused:
    if by not in (founder, user):  # anyone may lower their own
        return NOT_FOUNDER
    if user not in club.admins:
        return Decided()
    return Decided((ClubAdminRemoved(club_id=club.club_id, user_id=user, by=by),), (AdminRow(user, False),))


def evolve(club: Club, envelope: Envelope[ClubFact]) -> Club:
    fact = envelope.fact
    match fact:
        case ClubFounded():
            return replace(club, founded=fact, name=fact.name)
        case ClubRenamed(name=name):
            return replace(club, name=name)
        case ClubAdminAdded(user_id=user):
            return replace(club, admins=club.admins | {user})
        case ClubAdminRemoved(user_id=user):
            return replace(club, admins=club.admins - {user})
        case ClubFollowed() | ClubUnfollowed():
            return club  # followers may be many: they are rows, read under the stream's lock
        case _:
            assert_never(fact)
