"""Which rooms somebody is shown: what they ask for, and of those only what they may know of."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from services.kit.database import Database, Record

SCHEDULED, ENDED = "scheduled", "ended"


@dataclass(frozen=True)
class Listing:
    """What of a room decides who is shown it, as of `seq`. `insiders`: who may know of it; None when everybody may."""

    seq: int
    state: str
    club_id: UUID | None
    topic_id: UUID | None
    insiders: frozenset[UUID] | None = None
    host_id: UUID | None = None


@dataclass(frozen=True)
class Filter:
    """Which rooms somebody wants to see. `follower_id`: those of the clubs that this person follows, and of no club.

    `clubs` are these clubs, for `takes` alone: SQL looks them up where they are, room by room.
    `viewer_id` is who asks, by their token, and is nobody else's to choose; `blocked` are whom they have blocked, and
    who has blocked them: rooms that those host are not shown.
    """

    viewer_id: UUID | None = None
    follower_id: UUID | None = None
    clubs: frozenset[UUID] | None = None
    club_id: UUID | None = None
    topic_id: UUID | None = None
    states: tuple[str, ...] = ("live",)
    blocked: frozenset[UUID] = frozenset()

    def takes(self, room: Listing) -> bool:
        """The same rule as in the list's SQL, for cards that come by."""
        followed = self.clubs is None or room.club_id is None or room.club_id in self.clubs
        chosen = self.club_id in (None, room.club_id) and self.topic_id in (None, room.topic_id)
        known = room.insiders is None or self.viewer_id in room.insiders
        return room.state in self.states and followed and chosen and known and room.host_id not in self.blocked

    @property
    def asked(self) -> "Filter":
        """What is asked for, whoever asks: as a stranger without blocks is shown it."""
        return replace(self, viewer_id=None, blocked=frozenset())

    @property
    def soonest_first(self) -> bool:
        """Nothing but planned rooms."""
        return set(self.states) == {SCHEDULED}


async def listed(database: Database) -> dict[UUID, Listing]:
    """Of every room that has not ended."""
    return await _with_insiders(database, await database.fetch(f"{LISTINGS} where room.state <> 'ended'"))


async def listings(database: Database, room_ids: Sequence[UUID]) -> dict[UUID, Listing]:
    """Of these rooms as they are now, ended ones too."""
    return await _with_insiders(database, await database.fetch(f"{LISTINGS} where room.id = any($1)", room_ids))


async def rooms_of(database: Database, user_id: UUID) -> list[UUID]:
    """Rooms that somebody sits in, or is invited to by name."""
    return [row["room_id"] for row in await database.fetch(ROOMS_OF, user_id)]


async def blocks_of(database: Database, user_id: UUID) -> frozenset[UUID]:
    """Whom somebody has blocked, and who has blocked them."""
    return frozenset(row["user_id"] for row in await database.fetch(BLOCKS_OF, user_id))


async def _with_insiders(database: Database, rows: Sequence[Record]) -> dict[UUID, Listing]:
    private = [row["id"] for row in rows if row["private"]]
    insiders: dict[UUID, set[UUID]] = defaultdict(set)
    for row in await database.fetch(INSIDERS, private) if private else ():
        insiders[row["room_id"]].add(row["user_id"])
    return {
        row["id"]: Listing(
            row["seq"],
            row["state"],
            row["club_id"],
            row["topic_id"],
            frozenset(insiders[row["id"]]) if row["private"] else None,
            row["host_id"],
        )
        for row in rows
    }


LISTINGS = """
select room.id, room.seq, room.state, room.club_id, coalesce(room.topic_id, club.topic_id) as topic_id, room.private,
       room.host_id
from room_card room left join clubs club on club.id = room.club_id
"""
INSIDERS = """
select room_id, user_id from participants where room_id = any($1)
union all
select room_id, user_id from invited where room_id = any($1)
union all
select id, awaited_host_id from room_card where id = any($1) and awaited_host_id is not null
"""
ROOMS_OF = "select room_id from participants where user_id = $1 union select room_id from invited where user_id = $1"
BLOCKS_OF = """
select blocked_id as user_id from user_blocks where blocker_id = $1
union select blocker_id from user_blocks where blocked_id = $1
"""
