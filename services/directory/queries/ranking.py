"""Why a room is for somebody, and how much. Pure: what is known of a room goes in, weighed reasons come out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

MOST_REASONS = 3
HALF_LIFE = timedelta(minutes=45)  # after so long being new counts half
NEW = timedelta(minutes=10)
CROWD = 20  # people, from whom on that is a reason


class Kind(StrEnum):
    FOLLOWS = "follows"
    CLUB = "club"
    CLUB_FOLLOWED = "club_followed"
    TOPIC = "topic"
    FRESH = "fresh"
    BUSY = "busy"


@dataclass(frozen=True)
class Reason:
    kind: Kind
    weight: float
    user_ids: tuple[UUID, ...] = ()  # of `follows`


@dataclass(frozen=True)
class Candidate:
    """A room, and what ties the viewer to it. `listed_at`: when it opened, or is to."""

    id: UUID
    listed_at: datetime
    participant_count: int
    followed_on_stage: tuple[UUID, ...] = ()
    member_of_club: bool = False
    follows_club: bool = False
    follows_topic: bool = False


def ranked(candidates: Sequence[Candidate], now: datetime) -> list[Candidate]:
    """The best first; among equals the newest."""
    scored = [(sum(each.weight for each in weighed(one, now)), one.listed_at, one.id, one) for one in candidates]
    return [each[-1] for each in sorted(scored, key=lambda each: each[:3], reverse=True)]


def weighed(room: Candidate, now: datetime) -> list[Reason]:
    """Everything that counts for a room. People whom one follows count most, each further one less; so does size."""
    people = len(room.followed_on_stage)
    found = [
        Reason(Kind.FOLLOWS, 2.5 + 1.5 * (1 - 0.5 ** (people - 1)), room.followed_on_stage) if people else None,
        Reason(Kind.CLUB, 2.0) if room.member_of_club else None,
        Reason(Kind.CLUB_FOLLOWED, 1.5) if room.follows_club and not room.member_of_club else None,
        Reason(Kind.TOPIC, 1.0) if room.follows_topic else None,
        Reason(Kind.FRESH, 1.5 * 0.5 ** (abs(now - room.listed_at) / HALF_LIFE)),
        Reason(Kind.BUSY, 0.6 * math.log10(1 + min(room.participant_count, 10_000))),
    ]
    return [each for each in found if each]


def shown(room: Candidate, now: datetime) -> list[Reason]:
    """What is said of it, at most three, the weightiest first: that it is new or busy only where that is so, or when
    there is nothing else to say.
    """
    reasons = sorted(weighed(room, now), key=lambda each: -each.weight)
    true = {
        Kind.FRESH: abs(now - room.listed_at) < NEW,
        Kind.BUSY: room.participant_count >= CROWD,
    }
    return [each for each in reasons if true.get(each.kind, True)][:MOST_REASONS] or reasons[:1]
