"""SQL that answers questions beside the log."""

from typing import Any
from uuid import UUID

from contracts.cloudevents import known_types, to_json
from contracts.rooms import ROOM_FACTS
from contracts.visibility import as_seen
from services.kit.events import envelope_of_row
from services.rooms.beside import RoomStore


async def was_here(store: RoomStore, room_id: UUID, user_id: UUID) -> bool:
    """Whether they ever had a seat in this room."""
    found: bool = await store.database.fetchval(WAS_HERE, room_id, str(user_id))
    return found


async def facts_about(store: RoomStore, user_id: UUID, after: str) -> tuple[list[dict[str, Any]], str | None]:
    """A piece of the log in the relay's order, of it what is about somebody and was shown to them; where it goes on.

    There is no index for it: joining is asked a thousand times for each time that this is.
    """
    xid, _, pos = after.partition("-")
    rows = await store.database.fetch(ABOUT, xid or "0", int(pos or 0), AT_ONCE, f"%{user_id}%", str(user_id))
    known = known_types(ROOM_FACTS)
    envelopes = [envelope_of_row(row, ROOM_FACTS) for row in rows if row["mine"] and row["type"] in known]
    seen = [(each, as_seen(each.fact, user_id, None)) for each in envelopes]
    events = [to_json(each.model_copy(update={"fact": fact})) for each, fact in seen if fact is not None]
    return events, f"{rows[-1]['xid']}-{rows[-1]['pos']}" if len(rows) == AT_ONCE else None


AT_ONCE = 20_000  # rows read; well within the role's time for a transaction
ABOUT = """
select case when mine then piece.id end as id, stream, version, type, case when mine then data end as data,
       case when mine then meta end as meta, at, xid::text, pos, mine
from (
    select *, data::text like $4 or meta->>'actor' = $5 as mine from (
        select * from events e where (e.xid, e.pos) > ($1::text::xid8, $2) order by e.xid, e.pos limit $3
    ) stretch
) piece
order by piece.xid, piece.pos
"""
WAS_HERE = """
select exists (
    select from events where stream = $1 and type = 'room.participant_joined.v1' and data->>'user_id' = $2
    union all
    select from events where stream = $1 and type = 'room.opened.v1' and data->>'host_id' = $2)
"""
