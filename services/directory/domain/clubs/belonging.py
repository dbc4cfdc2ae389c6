"""Becoming a member and ceasing to be one, by oneself. Joining follows, too, and leaving ends that."""

from datetime import datetime
from uuid import UUID

from contracts.clubs import (
    Admission,
    ClubFact,
    ClubFollowed,
    ClubHandedOver,
    ClubInvitationDeclined,
    ClubMemberJoined,
    ClubMemberLeft,
    ClubRequested,
    ClubRequestWithdrawn,
    ClubUnfollowed,
)
from contracts.problems import Code
from services.directory.domain.clubs.commands import Depart, Join, Leave
from services.directory.domain.clubs.following import KEPT_OUT
from services.directory.domain.clubs.state import (
    NO_SUCH_PERSON,
    AnsweredRow,
    Beside,
    Club,
    FollowerRow,
    MemberRow,
    Place,
    PlaceRow,
    Row,
    Waiting,
    WaitingRow,
)
from services.kit.decisions import Decided, Refused

Changes = tuple[tuple[ClubFact, ...], tuple[Row, ...]]
NOTHING: Changes = ((), ())
BY_INVITATION = Refused(Code.CLUB_BY_INVITATION, "This club's founder and admins invite its members. Ask one of them.")
HAND_OVER_FIRST = Refused(
    Code.FOUNDER_NEEDED, "You founded this club: hand it over to another member first, then you can leave."
)


def join(command: Join, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    """At once where everybody may or one is invited, by asking where somebody has to say yes."""
    user = command.user_id
    if not beside.exists:
        return NO_SUCH_PERSON
    if beside.banned:
        return KEPT_OUT
    if beside.place:
        return Decided()
    if beside.waiting is Waiting.INVITED:
        return Decided(*joined(club, user, beside, command.at, beside.invited_by))
    if club.now.admission is Admission.OPEN:
        return Decided(*joined(club, user, beside, command.at, None))
    if beside.waiting is Waiting.ASKED:
        return Decided()
    if club.now.admission is not Admission.APPROVAL:
        return BY_INVITATION
    fact = ClubRequested(club_id=club.club_id, user_id=user)
    return Decided((fact,), (WaitingRow(user, Waiting.ASKED, None, command.at),))


def leave(command: Leave, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    if beside.place is Place.FOUNDER:
        return HAND_OVER_FIRST
    return Decided(*_gone(club, command.user_id, beside))


def depart(command: Depart, club: Club, beside: Beside) -> Decided[ClubFact, Row]:
    """An erased founder's club goes to its longest-standing admin, else member; without any it stays as it is."""
    user, handed = command.user_id, NOTHING
    if beside.place is Place.FOUNDER:
        if beside.heir is None:
            return Decided()
        handed = handed_over(club, beside.heir)
    gone, follows = _gone(club, user, beside), NOTHING if beside.place else unfollowed(club, user, beside)
    return Decided((*handed[0], *gone[0], *follows[0]), (*handed[1], *gone[1], *follows[1]))


def joined(club: Club, user: UUID, beside: Beside, at: datetime, by: UUID | None) -> Changes:
    facts: tuple[ClubFact, ...] = (ClubMemberJoined(club_id=club.club_id, user_id=user, by=by),)
    rows: tuple[Row, ...] = (MemberRow(user, at),)
    if beside.waiting:
        rows = (*rows, AnsweredRow(user))
    if not beside.follows:
        facts = (*facts, ClubFollowed(club_id=club.club_id, user_id=user))
        rows = (*rows, FollowerRow(user, True))
    return facts, rows


def unfollowed(club: Club, user: UUID, beside: Beside) -> Changes:
    if not beside.follows:
        return NOTHING
    return (ClubUnfollowed(club_id=club.club_id, user_id=user),), (FollowerRow(user, False),)


def handed_over(club: Club, to: UUID) -> Changes:
    fact = ClubHandedOver(club_id=club.club_id, from_id=club.founder_id, to_id=to)
    return (fact,), (PlaceRow(club.founder_id, Place.ADMIN), PlaceRow(to, Place.FOUNDER))


def _gone(club: Club, user: UUID, beside: Beside) -> Changes:
    if beside.waiting:
        fact = ClubRequestWithdrawn if beside.waiting is Waiting.ASKED else ClubInvitationDeclined
        return (fact(club_id=club.club_id, user_id=user),), (AnsweredRow(user),)
    if not beside.place:
        return NOTHING
    facts, rows = unfollowed(club, user, beside)
    return (ClubMemberLeft(club_id=club.club_id, user_id=user), *facts), (PlaceRow(user, None), *rows)
