"""A person: registered once, described at will, following and blocking others. The stream is the person's id."""

from contracts.users import UserFact
from services.directory.domain.users import relations, topics
from services.directory.domain.users.describing import Describe, describe
from services.directory.domain.users.erasing import Erase, erase
from services.directory.domain.users.registering import Register, register
from services.directory.domain.users.rows import Beside, Row
from services.directory.domain.users.state import UNKNOWN, User, evolve
from services.kit.decisions import Decided, Refused

__all__ = ["Beside", "Command", "Row", "User", "decide", "evolve"]

Command = Register | Describe | Erase | topics.Command | relations.Command


def decide(command: Command, user: User, beside: Beside) -> Decided[UserFact, Row] | Refused:
    if isinstance(command, Register):
        return register(command, user, beside)
    if user.registered is None or user.erased or beside.key is None:
        return UNKNOWN
    if isinstance(command, Describe):
        return describe(command, user, beside, beside.key)
    if isinstance(command, Erase):
        return erase(user)
    if isinstance(command, topics.FollowTopic | topics.UnfollowTopic):
        return topics.decide(command, user.user_id, beside.follows_topic)
    return relations.decide(command, user.user_id, beside.other)
