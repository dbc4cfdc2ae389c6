"""A club: founded on a topic, followed by many, with members of its own. The stream is the club's id."""

from typing import assert_never

from contracts.clubs import ClubFact
from services.directory.domain.clubs import commands as asked
from services.directory.domain.clubs.belonging import depart, join, leave
from services.directory.domain.clubs.commands import Command
from services.directory.domain.clubs.door import answer, ban, invite, lift, remove, withdraw
from services.directory.domain.clubs.following import follow, unfollow
from services.directory.domain.clubs.running import add_admin, edit, found, hand_over, remove_admin
from services.directory.domain.clubs.state import UNKNOWN, Beside, Club, Row, evolve
from services.kit.decisions import Decided, Refused

__all__ = ["Beside", "Club", "Command", "Row", "decide", "evolve"]


def decide(command: Command, club: Club, beside: Beside) -> Decided[ClubFact, Row] | Refused:
    if isinstance(command, asked.Found):
        return found(command, club, beside)
    if club.founded is None:
        return UNKNOWN
    match command:
        case asked.Edit():
            return edit(command, club)
        case asked.Follow():
            return follow(command, club, beside)
        case asked.Unfollow():
            return unfollow(command, club, beside)
        case asked.Join():
            return join(command, club, beside)
        case asked.Leave():
            return leave(command, club, beside)
        case asked.Depart():
            return depart(command, club, beside)
        case asked.Answer():
            return answer(command, club, beside)
        case asked.Invite():
            return invite(command, club, beside)
        case asked.Withdraw():
            return withdraw(command, club, beside)
        case asked.Remove():
            return remove(command, club, beside)
        case asked.Ban():
            return ban(command, club, beside)
        case asked.Lift():
            return lift(command, club, beside)
        case asked.AddAdmin():
            return add_admin(command, club, beside)
        case asked.RemoveAdmin():
            return remove_admin(command, club, beside)
        case asked.HandOver():
            return hand_over(command, club, beside)
        case _:
            assert_never(command)
