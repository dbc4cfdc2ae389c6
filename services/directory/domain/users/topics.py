"""Topics that somebody follows: rooms on them are shown to that person sooner."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.users import TopicFollowed, TopicUnfollowed, UserFact
from services.kit.decisions import Decided


@dataclass(frozen=True)
class FollowTopic:
    topic_id: UUID
    at: datetime


@dataclass(frozen=True)
class UnfollowTopic:
    topic_id: UUID


Command = FollowTopic | UnfollowTopic


@dataclass(frozen=True)
class TopicRow:
    """`at`: since when; None ends it."""

    topic_id: UUID
    at: datetime | None


def decide(command: Command, me: UUID, follows: bool) -> Decided[UserFact, TopicRow]:
    topic, wanted = command.topic_id, isinstance(command, FollowTopic)
    result = {"followed": wanted}
    if follows is wanted:
        return Decided(result=result)
    if isinstance(command, FollowTopic):
        return Decided((TopicFollowed(user_id=me, topic_id=topic),), (TopicRow(topic, command.at),), result)
    return Decided((TopicUnfollowed(user_id=me, topic_id=topic),), (TopicRow(topic, None),), result)
