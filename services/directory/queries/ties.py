"""What ties a viewer to rooms: whom, which clubs and which topics they follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from services.directory.queries import people
from services.kit.database import Database


@dataclass(frozen=True)
class Ties:
    """`on_stage`: by room, whom the viewer follows there, by role and seat."""

    on_stage: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    member_of: frozenset[UUID] = frozenset()
    follows: frozenset[UUID] = frozenset()  # clubs
    topics: frozenset[UUID] = frozenset()


async def ties_of(database: Database, viewer_id: UUID | None) -> Ties:
    if viewer_id is None:
        return Ties()
    on_stage = {row["room_id"]: tuple(row["user_ids"]) for row in await database.fetch(ON_STAGE, viewer_id)}
    clubs = await database.fetch(MEMBER_OF, viewer_id)
    topics = await database.fetch(TOPICS_FOLLOWED, viewer_id)
    return Ties(
        on_stage,
        frozenset(row["club_id"] for row in clubs),
        frozenset(await people.followed_clubs(database, viewer_id)),
        frozenset(row["topic_id"] for row in topics),
    )


# Ids of rooms are in the order of time: those begun last.
ON_STAGE = """
select p.room_id, array_agg(p.user_id order by p.role, p.seat) as user_ids
from user_follows f join participants p on p.user_id = f.followed_id and p.role <> 'AUDIENCE'
where f.follower_id = $1 group by p.room_id order by p.room_id desc limit 300
"""
MEMBER_OF = "select club_id from club_members where user_id = $1"
TOPICS_FOLLOWED = "select topic_id from user_topics where user_id = $1"
