"""Signalling's event streams, and the rows beside them."""

from collections.abc import Sequence
from typing import assert_never
from uuid import UUID

from contracts.signal import SIGNAL_FACTS, SignalFact
from services.kit.database import Connection, Record
from services.kit.event_store import Aggregate, EventStore
from services.signalling.domain import Command, Held, Lines, Released, Row, decide, evolve

SignalStore = EventStore[Lines, Command, SignalFact, None, Row]


async def _nothing_beside(db: "Connection[Record]", room_id: UUID, lines: Lines, commands: Sequence[Command]) -> None:
    return None


async def _write(db: "Connection[Record]", room_id: UUID, rows: Sequence[Row]) -> None:
    for row in rows:
        match row:
            case Held():
                await db.execute(HELD, room_id, row.user_id, row.seat, row.connection_no, row.instance_id)
            case Released(user_id=user):
                await db.execute(RELEASED, room_id, user)
            case _:
                assert_never(row)


SIGNALLING: Aggregate[Lines, Command, SignalFact, None, Row] = Aggregate(
    "/signalling", SIGNAL_FACTS, Lines, decide, evolve, _nothing_beside, _write
)
HELD = """
insert into connections (room_id, user_id, seat, connection_no, instance_id) values ($1, $2, $3, $4, $5)
on conflict (room_id, user_id) do update set seat = excluded.seat, connection_no = excluded.connection_no,
    instance_id = excluded.instance_id
"""
RELEASED = "delete from connections where room_id = $1 and user_id = $2"
