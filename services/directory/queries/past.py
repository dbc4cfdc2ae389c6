"""The hallway as it was: which rooms were open is known here, how each of them was is in the log that rooms has."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from contracts.room_past import MOST_ROOMS
from contracts.room_snapshot import RoomSnapshot, Seat
from services.directory.projections.card import PANEL_SHOWN
from services.directory.queries import people
from services.directory.queries.cursors import encode, place
from services.directory.queries.listing import Filter
from services.directory.queries.people import FORMER_MEMBER
from services.directory.queries.rooms import CardView, Host, Page, Panellist
from services.directory.rooms_client import RoomsClient
from services.kit.database import Database, Record


async def page(
    database: Database, rooms: RoomsClient, wanted: Filter, at: datetime, limit: int, cursor: str | None
) -> Page:
    """Rooms live at that instant, the newest first, with the names of today. At most 20, and fewer when they were very
    busy: `next_cursor` goes on. Raises `BadCursor`, and ProblemError when rooms does not answer."""
    limit = min(limit, MOST_ROOMS)
    before = place(cursor) if cursor else (None, None)
    rows = await database.fetch(LIVE_THEN, at, *before, wanted.club_id, wanted.topic_id, wanted.follower_id, limit + 1)
    snapshots = await rooms.as_they_were([row["id"] for row in rows[:limit]], at) if rows else []
    last = rows[len(snapshots) - 1] if len(rows) > len(snapshots) else None
    blocked = await _blocked(database, wanted.viewer_id)
    shown = [each for each in snapshots if _may_see(each, wanted.viewer_id, blocked)]
    cards = await _cards(database, shown, {row["id"]: row for row in rows})
    return Page(cards, encode(last["started_at"], last["id"]) if last else None)


def _may_see(room: RoomSnapshot, viewer: UUID | None, blocked: Collection[UUID]) -> bool:
    """As it was then: a private room was known to those in it and those invited. Blocks are those of now."""
    insider = viewer in room.seats or viewer in room.invitations or viewer == room.awaited_host_id
    return room.host_id not in blocked and (room.policy.enter != "private" or (viewer is not None and insider))


async def _blocked(database: Database, viewer: UUID | None) -> set[UUID]:
    """Whom they have blocked, and who has blocked them."""
    return {row["user_id"] for row in await database.fetch(BLOCKED, viewer)} if viewer else set()


async def _cards(database: Database, rooms: Sequence[RoomSnapshot], rows: Mapping[UUID, Record]) -> list[CardView]:
    panels = {room.id: _stage(room)[:PANEL_SHOWN] for room in rooms}
    names = await people.names(database, (seat.user_id for panel in panels.values() for seat in panel))
    return [_card(room, panels[room.id], names, rows[room.id]) for room in rooms]


def _stage(room: RoomSnapshot) -> list[Seat]:
    return sorted((seat for seat in room.seats.values() if seat.role.on_stage), key=lambda s: (s.role.rank, s.seat))


def _card(room: RoomSnapshot, panel: Sequence[Seat], names: Mapping[UUID, str], row: Record) -> CardView:
    people_shown = [Panellist(seat.user_id, seat.role.value, names.get(seat.user_id, FORMER_MEMBER)) for seat in panel]
    hosts = [Host(each.user_id, each.name) for each in people_shown if each.role == "HOST"]
    return CardView(
        id=room.id,
        name=room.name,
        club_id=room.club_id,
        club_name=row["club_name"],
        topic_id=row["topic_id"],
        panel=people_shown,
        panel_count=len(_stage(room)),
        participant_count=len(room.seats),
        started_at=row["started_at"],
        listed_at=row["started_at"],
        state=room.state.value,
        seq=room.seq,
        host=hosts[0] if hosts else None,
    )


# Of rooms that ended before their end was kept it is not known, until the next rebuild.
LIVE_THEN = """
select room.id, room.started_at, club.name as club_name, coalesce(room.topic_id, club.topic_id) as topic_id
from room_card room left join clubs club on club.id = room.club_id
where room.started_at is not null and tstzrange(room.started_at, room.ended_at) @> $1::timestamptz
  and (room.state <> 'ended' or room.ended_at is not null)
  and ($3::uuid is null or (room.started_at, room.id) < ($2::timestamptz, $3::uuid))
  and ($4::uuid is null or room.club_id = $4)
  and ($5::uuid is null or coalesce(room.topic_id, club.topic_id) = $5)
  and ($6::uuid is null or room.club_id is null
       or (select true from club_followers where user_id = $6 and club_id = room.club_id limit 1))
order by room.started_at desc, room.id desc limit $7
"""
BLOCKED = """
select blocked_id as user_id from user_blocks where blocker_id = $1
union select blocker_id from user_blocks where blocked_id = $1
"""
