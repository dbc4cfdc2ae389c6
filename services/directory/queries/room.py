"""One room, for its page: everyone on stage, and the audience by pages."""

from dataclasses import dataclass
from uuid import UUID

from contracts.roles import Role
from services.directory.guests import GUEST
from services.directory.queries import people
from services.directory.queries.cursors import BadCursor, decode, encode
from services.directory.queries.people import FORMER_MEMBER
from services.directory.queries.rooms import CardView, cards_of
from services.kit.database import Database, Record


@dataclass(frozen=True)
class Participant:
    user_id: UUID
    role: str
    name: str
    seat: int
    muted: bool
    followed_by_speakers: bool = False


@dataclass(frozen=True)
class RoomPage:
    card: CardView
    policy: dict[str, object]
    panel: list[Participant]
    followed_by_speakers: list[Participant]
    audience: list[Participant]


@dataclass(frozen=True)
class AudiencePage:
    participants: list[Participant]
    next_cursor: str | None


async def room_page(database: Database, room_id: UUID, audience_shown: int, signed_in: bool) -> RoomPage | None:
    """Whom of the audience those on stage follow is for the signed-in."""
    found = await cards_of(database, [room_id])
    if not found or not found[0].name:  # read only up to a fact of a type not known here
        return None
    policy = await database.fetchval(POLICY, room_id)
    panel = sorted(await database.fetch(STAGE, room_id), key=lambda row: (Role(row["role"]).rank, row["seat"]))
    followed = await database.fetch(FOLLOWED, room_id, audience_shown) if signed_in else []
    audience = await database.fetch(AUDIENCE, room_id, 0, audience_shown, signed_in)
    named = await _named(database, [*panel, *followed, *audience])
    on_stage, others = named[: len(panel)], named[len(panel) :]
    return RoomPage(found[0], policy, on_stage, others[: len(followed)], others[len(followed) :])


async def audience_page(
    database: Database, room_id: UUID, limit: int, cursor: str | None, signed_in: bool
) -> AudiencePage:
    """By seat. Raises `BadCursor`."""
    rows = await database.fetch(AUDIENCE, room_id, _seat(cursor) if cursor else 0, limit + 1, signed_in)
    named = await _named(database, list(rows[:limit]))
    return AudiencePage(named, encode(named[-1].seat) if len(rows) > limit else None)


async def seq(database: Database, room_id: UUID, viewer_id: UUID | None) -> int:
    """How far the hallway has read this room; 0 when it has not heard of it, or this viewer may not know of it."""
    found: int | None = await database.fetchval(SEQ, room_id, viewer_id)
    return found or 0


async def _named(database: Database, rows: list[Record]) -> list[Participant]:
    names = await people.names(database, (row["user_id"] for row in rows))
    return [
        Participant(
            user_id=row["user_id"],
            role=row["role"],
            name=GUEST if row["guest"] else names.get(row["user_id"], FORMER_MEMBER),
            seat=row["seat"],
            muted=row["muted"],
            followed_by_speakers=row["followed"],
        )
        for row in rows
    ]


def _seat(cursor: str) -> int:
    (text,) = decode(cursor, 1)
    if not text.isdecimal() or int(text) >= 2**63:
        raise BadCursor("of another list")
    return int(text)


POLICY = "select policy from room_card where id = $1"
STAGE = """
select user_id, role, seat, muted, guest, false as followed from participants
where room_id = $1 and role <> 'AUDIENCE'
"""
AUDIENCE = """
select user_id, role, seat, muted, guest, $4 and exists (
    select from participants s join user_follows f on f.follower_id = s.user_id and f.followed_id = a.user_id
    where s.room_id = $1 and s.role <> 'AUDIENCE'
) as followed
from participants a where room_id = $1 and role = 'AUDIENCE' and seat > $2 order by seat limit $3
"""
FOLLOWED = """
select user_id, role, seat, muted, guest, true as followed from participants
where room_id = $1 and role = 'AUDIENCE' and user_id in (
    select f.followed_id from participants s join user_follows f on f.follower_id = s.user_id
    where s.room_id = $1 and s.role <> 'AUDIENCE'
) order by seat limit $2
"""
SEQ = """
select seq from room_card where id = $1 and (
    not private or awaited_host_id = $2
    or exists (select from participants p where p.room_id = $1 and p.user_id = $2)
    or exists (select from invited i where i.room_id = $1 and i.user_id = $2)
)
"""
