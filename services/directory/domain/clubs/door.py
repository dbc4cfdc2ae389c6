"""Who comes in and who is kept out: what the founder and the admins decide."""

from uuid import UUID

from contracts.clubs import (
    ClubBanLifted,
    ClubFact,
    ClubInvitationWithdrawn,
    ClubInvited,
    ClubMemberBanned,
    ClubMemberRemoved,
    ClubRequestDeclined,
)
from contracts.problems import Code
from services.directory.domain.clubs.belonging import joined, unfollowed
from services.directory.domain.clubs.commands import Answer, Ban, Invite, Lift, Remove, Withdraw
from services.directory.domain.clubs.state import (
    NO_SUCH_PERSON,
    NOT_ADMIN,
    AnsweredRow,
    BanRow,
    Beside,
    Club,
    LiftedRow,
    PlaceRow,
    Row,
    Waiting,
    WaitingRow,
)
from services.kit.decisions import Decided, Refused

NOT_ASKED = Refused(Code.NOT_ASKED, "This person has not asked to come in, or asks no more. You can invite them.")
BANNED = Refused(Code.CLUB_BANNED, "This person is banned from the club. Lift the ban first.")
NOT_ONESELF = Refused(Code.NOT_ABOVE, "One does not do this to oneself. To go, leave the club.")
NOT_THE_FOUNDER = Refused(Code.NOT_ABOVE, "The club's founder can be neither removed nor banned.")
NOT_ANOTHER_ADMIN = Refused(Code.NOT_ABOVE, "Another admin can be removed and banned by the club's founder alone.")


def answer(command: Answer, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    user = command.user_id
    if not club.runs(command.by):
        return NOT_ADMIN
    if beside.waiting is not Waiting.ASKED:
        return Decided() if command.accepted and beside.place else NOT_ASKED
    if command.accepted:
        return Decided(*joined(club, user, beside, command.at, command.by))
    fact = ClubRequestDeclined(club_id=club.club_id, user_id=user, by=command.by)
    return Decided((fact,), (AnsweredRow(user),))


def invite(command: Invite, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    """Whoever asked already is let in by it."""
    user = command.user_id
    if not club.runs(command.by):
        return NOT_ADMIN
    if not beside.exists:
        return NO_SUCH_PERSON
    if beside.banned:
        return BANNED
    if beside.waiting is Waiting.ASKED:
        return Decided(*joined(club, user, beside, command.at, command.by))
    if beside.place or beside.waiting:
        return Decided()
    fact = ClubInvited(club_id=club.club_id, user_id=user, by=command.by)
    return Decided((fact,), (WaitingRow(user, Waiting.INVITED, command.by, command.at),))


def withdraw(command: Withdraw, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    if not club.runs(command.by):
        return NOT_ADMIN
    if beside.waiting is not Waiting.INVITED:
        return Decided()
    fact = ClubInvitationWithdrawn(club_id=club.club_id, user_id=command.user_id, by=command.by)
    return Decided((fact,), (AnsweredRow(command.user_id),))


def remove(command: Remove, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    user = command.user_id
    if refused := _not_above(command.by, user, club):
        return refused
    if not beside.place:
        return Decided()
    facts, rows = unfollowed(club, user, beside)
    fact = ClubMemberRemoved(club_id=club.club_id, user_id=user, by=command.by)
    return Decided((fact, *facts), (PlaceRow(user, None), *rows))


def ban(command: Ban, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    """Of members and of strangers alike; ends whatever they are in the club."""
    user = command.user_id
    if refused := _not_above(command.by, user, club):
        return refused
    if not beside.exists:
        return NO_SUCH_PERSON
    if beside.banned:
        return Decided()
    facts, rows = unfollowed(club, user, beside)
    fact = ClubMemberBanned(club_id=club.club_id, user_id=user, by=command.by)
    ends = (PlaceRow(user, None),) if beside.place else (AnsweredRow(user),) if beside.waiting else ()
    return Decided((fact, *facts), (BanRow(user, command.by, command.at), *ends, *rows))


def lift(command: Lift, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    if not club.runs(command.by):
        return NOT_ADMIN
    if not beside.banned:
        return Decided()
    fact = ClubBanLifted(club_id=club.club_id, user_id=command.user_id, by=command.by)
    return Decided((fact,), (LiftedRow(command.user_id),))


def _not_above(by: UUID, user: UUID, club: Club) -> Refused | None:
    if not club.runs(by):
        return NOT_ADMIN
    if by == user:
        return NOT_ONESELF
    if user == club.founder_id:
        return NOT_THE_FOUNDER
    return NOT_ANOTHER_ADMIN if user in club.admins and by != club.founder_id else None
