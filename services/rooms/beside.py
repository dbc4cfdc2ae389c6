"""The rows beside a room's log, read and written in the command's own transaction, under the room's lock."""

from collections.abc import Sequence
from typing import assert_never
from uuid import UUID

from contracts.rooms import ROOM_FACTS, RoomFact
from services.kit.database import Connection, Record
from services.kit.event_store import Aggregate, EventStore
from services.rooms.domain.commands import Command
from services.rooms.domain.deciding import decide
from services.rooms.domain.rows import AllOver, Beside, Due, NoLongerDue, Presence, PresenceGone, Row, Times
from services.rooms.domain.state import Room, evolve, initial

SOURCE = "/rooms"
RoomStore = EventStore[Room, Command, RoomFact, Beside, Row]


def aggregate(times: Times) -> Aggregate[Room, Command, RoomFact, Beside, Row]:
    """Rooms as event streams; `times` are this installation's."""

    async def read(db: "Connection[Record]", room_id: UUID, room: Room, commands: Sequence[Command]) -> Beside:
        people = {user for command in commands if (user := getattr(command, "user_id", None))}
        rows = await db.fetch(PRESENCE, room_id, people) if people else []
        return Beside({row["user_id"]: Presence(**row) for row in rows}, times)

    return Aggregate(SOURCE, ROOM_FACTS, initial, decide, evolve, read, write)


async def write(db: "Connection[Record]", room_id: UUID, rows: Sequence[Row]) -> None:
    for row in rows:
        await _write(db, room_id, row)


async def _write(db: "Connection[Record]", room_id: UUID, row: Row) -> None:
    match row:
        case Presence():
            await db.execute(SEATED, room_id, row.user_id, row.seat, row.connection, row.connection_no, row.connected)
        case PresenceGone(user_id=user):
            await db.execute(GONE, room_id, user)
            await db.execute(NOTHING_DUE_FOR, room_id, user)
        case Due(kind=kind, user_id=user, at=at, seat=seat, connection_no=number):
            await db.execute(DUE, room_id, kind, user, at, seat, number)
        case NoLongerDue(kind=kind, user_id=user, due_by=due_by):
            await db.execute(NO_LONGER_DUE, room_id, kind, user, due_by)
        case AllOver():
            await db.execute(NOBODY, room_id)
            await db.execute(NOTHING_DUE, room_id)
        case _:
            assert_never(row)


PRESENCE = """
select user_id, seat, connection, connection_no, connected, not connected and not exists (
    select from deadlines d where d.room_id = p.room_id and d.user_id = p.user_id and d.kind = 'grace') as awaited
from presence p where room_id = $1 and user_id = any($2)
"""
SEATED = """
insert into presence (room_id, user_id, seat, connection, connection_no, connected) values ($1, $2, $3, $4, $5, $6)
on conflict (room_id, user_id) do update set seat = excluded.seat, connection = excluded.connection,
    connection_no = excluded.connection_no, connected = excluded.connected
"""
GONE = "delete from presence where room_id = $1 and user_id = $2"
NOBODY = "delete from presence where room_id = $1"
DUE = """
insert into deadlines (room_id, kind, user_id, due_at, seat, connection_no) values ($1, $2, $3, $4, $5, $6)
on conflict (room_id, kind, user_id) do update set due_at = excluded.due_at, seat = excluded.seat,
    connection_no = excluded.connection_no
"""
NO_LONGER_DUE = """
delete from deadlines where room_id = $1 and kind = $2
    and ($3::uuid is null or user_id = $3) and ($4::timestamptz is null or due_at <= $4)
"""
NOTHING_DUE_FOR = "delete from deadlines where room_id = $1 and user_id = $2 and kind <> 'countdown'"
NOTHING_DUE = "delete from deadlines where room_id = $1"
