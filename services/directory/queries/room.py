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


@dataclass(frozen=True)
class RoomPage:
    card: CardView
    policy: dict[str, object]
    panel: list[Participant]
    audience: list[Participant]


@dataclass(frozen=True)
class AudiencePage:
    participants: list[Participant]
    next_cursor: str | None


async def room_page(database: Database, room_id: UUID, audience_shown: int) -> RoomPage | None:
    found = await cards_of(database, [room_id])
    if not found or not found[0].name:  # read only up to a fact of a type not known here
        return None
    policy = await database.fetchval(POLICY, room_id)
    stage = await database.fetch(STAGE, room_id)
    audience = await database.fetch(AUDIENCE, room_id, 0, audience_shown)
    panel = sorted(stage, key=lambda row: (Role(row["role"]).rank, row["seat"]))
    named = await _named(database, [*panel, *audience])
    return RoomPage(found[0], policy, named[: len(panel)], named[len(panel) :])


async def audience_page(database: Database, room_id: UUID, limit: int, cursor: str | None) -> AudiencePage:
    """By seat. Raises `BadCursor`."""
    rows = await database.fetch(AUDIENCE, room_id, _seat(cursor) if cursor else 0, limit + 1)
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
        )
        for row in rows
    ]


def _seat(cursor: str) -> int:
    (text,) = decode(cursor, 1)
    if not text.isdecimal() or int(text) >= 2**63:
        raise BadCursor("of another list")
    return int(text)


POLICY = "select policy from room_card where id = $1"
STAGE = "select user_id, role, seat, muted, guest from participants where room_id = $1 and role <> 'AUDIENCE'"
AUDIENCE = """
select user_id, role, seat, muted, guest from participants
where room_id = $1 and role = 'AUDIENCE' and seat > $2 order by seat limit $3
"""
SEQ = """
select seq from room_card where id = $1 and (
    not private or awaited_host_id = $2
    or exists (select from participants p where p.room_id = $1 and p.user_id = $2)
    or exists (select from invited i where i.room_id = $1 and i.user_id = $2)
)
"""
