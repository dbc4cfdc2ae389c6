"""Following: a club's rooms are in one's hallway. Membership is another thing, and brings it along."""

from contracts.clubs import ClubFact, ClubFollowed, ClubUnfollowed
from contracts.problems import Code
from services.directory.domain.clubs.commands import Follow, Unfollow
from services.directory.domain.clubs.state import NO_SUCH_PERSON, Beside, Club, FollowerRow, Row
from services.kit.decisions import Decided, Refused

KEPT_OUT = Refused(Code.CLUB_BANNED, "You are banned from this club. Its founder and admins can lift that.")


def follow(command: Follow, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    if not beside.exists:
        return NO_SUCH_PERSON
    if beside.banned:
        return KEPT_OUT
    if beside.follows:
        return Decided(result={"followed": True})
    fact = ClubFollowed(club_id=club.club_id, user_id=command.user_id)
    return Decided((fact,), (FollowerRow(command.user_id, True),), {"followed": True})


def unfollow(command: Unfollow, club: Club, beside: Beside) -> Decided[ClubFact, Row]:
    if not beside.follows:
        return Decided(result={"followed": False})
    fact = ClubUnfollowed(club_id=club.club_id, user_id=command.user_id)
    return Decided((fact,), (FollowerRow(command.user_id, False),), {"followed": False})
