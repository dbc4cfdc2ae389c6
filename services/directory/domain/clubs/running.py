"""Founding a club, saying what it is, and who runs it."""

from uuid import UUID

from contracts.clubs import (
    ClubAdminAdded,
    ClubAdminRemoved,
    ClubAdmissionChanged,
    ClubDescribed,
    ClubFact,
    ClubFounded,
    ClubRenamed,
    ClubTopicChanged,
)
from contracts.problems import Code
from services.directory.domain.clubs.belonging import handed_over
from services.directory.domain.clubs.commands import AddAdmin, Edit, Found, HandOver, RemoveAdmin, Wishes
from services.directory.domain.clubs.state import (
    NO_SUCH_PERSON,
    NOT_ADMIN,
    NOT_FOUNDER,
    Beside,
    Club,
    ClubRow,
    Place,
    PlaceRow,
    Row,
    WishesRow,
    at_first,
    merged,
)
from services.kit.decisions import Decided, Refused

ID_TAKEN = Refused(Code.ALREADY_EXISTS, "Another club has this id.")
NOT_A_MEMBER = Refused(Code.NOT_A_MEMBER, "Only members of the club can run it. Invite them first.")


def found(command: Found, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    fact = ClubFounded(club_id=command.club_id, founder_id=command.by, name=command.name, topic_id=command.topic_id)
    result = {"id": str(command.club_id)}
    if club.founded is not None:
        same = command.keeps and fact == club.founded
        return Decided(result={**result, "created": False}) if same else ID_TAKEN
    if not beside.exists:
        return NO_SUCH_PERSON
    new = at_first(fact)
    more = _changes(command.club_id, command.by, new, command.more)
    rows: tuple[Row, ...] = (ClubRow(command.name, command.topic_id, command.by, command.at),)
    if more:
        rows = (*rows, WishesRow(merged(new, command.more)))
    return Decided((fact, *more), rows, {**result, "created": True})


def edit(command: Edit, club: Club) -> Decided[ClubFact, Row] | Refused:
    if not club.runs(command.by):
        return NOT_ADMIN
    facts = _changes(club.club_id, command.by, club.now, command.wishes)
    return Decided(facts, (WishesRow(merged(club.now, command.wishes)),) if facts else ())


def add_admin(command: AddAdmin, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    user = command.user_id
    if command.by != club.founder_id:
        return NOT_FOUNDER
    if not beside.exists:
        return NO_SUCH_PERSON
    if club.runs(user):
        return Decided()
    if not beside.place:
        return NOT_A_MEMBER
    fact = ClubAdminAdded(club_id=club.club_id, user_id=user, by=command.by)
    return Decided((fact,), (PlaceRow(user, Place.ADMIN),))


def remove_admin(command: RemoveAdmin, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    """By the founder; anyone may lower their own. They stay a member."""
    user = command.user_id
    if command.by not in (club.founder_id, user):
        return NOT_FOUNDER
    if user not in club.admins:
        return Decided()
    fact = ClubAdminRemoved(club_id=club.club_id, user_id=user, by=command.by)
    return Decided((fact,), (PlaceRow(user, Place.MEMBER),))


def hand_over(command: HandOver, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    """To a member. The former founder is an admin from then on."""
    if command.by != club.founder_id:
        return NOT_FOUNDER
    if command.user_id == club.founder_id:
        return Decided()
    return Decided(*handed_over(club, command.user_id)) if beside.place else NOT_A_MEMBER


def _changes(club_id: UUID, by: UUID, now: Wishes, wishes: Wishes) -> tuple[ClubFact, ...]:
    """A fact for each thing that is wished otherwise than it is."""
    new = {name: value for name, value in vars(wishes).items() if value not in (None, getattr(now, name))}
    facts: list[ClubFact] = []
    if "name" in new:
        facts.append(ClubRenamed(club_id=club_id, name=new["name"], by=by))
    if {"description", "rules"} & set(new):
        said = {name: new.get(name) for name in ("description", "rules")}
        facts.append(ClubDescribed(club_id=club_id, by=by, **said))
    if "topic_id" in new:
        facts.append(ClubTopicChanged(club_id=club_id, topic_id=new["topic_id"], by=by))
    if "admission" in new:
        facts.append(ClubAdmissionChanged(club_id=club_id, admission=new["admission"], by=by))
    return tuple(facts)
