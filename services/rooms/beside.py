"""The rows beside a room's log, read and written in the command's own transaction, under the room's lock."""

from collections.abc import Sequence
from uuid import UUID

from contracts.rooms import ROOM_FACTS, RoomFact
from services.kit.database import Connection, Record
from services.kit.event_store import Aggregate, EventStore
from services.rooms import clubs
from services.rooms.domain.commands import (
    AnswerInvitation,
    ChangeRole,
    Club,
    Command,
    Edit,
    Invite,
    Join,
    OpeningDue,
    OpenPlanned,
    RaiseHand,
)
from services.rooms.domain.deciding import decide
from services.rooms.domain.rows import Beside, Presence, Row, Times, after
from services.rooms.domain.state import Room, evolve, initial
from services.rooms.snapshots import SNAPSHOTS
from services.rooms.squash import squash

SOURCE = "/rooms"
RoomStore = EventStore[Room, Command, RoomFact, Beside, Row]


def aggregate(times: Times) -> Aggregate[Room, Command, RoomFact, Beside, Row]:
    """Rooms as event streams; `times` are this installation's."""

    async def read(db: "Connection[Record]", room_id: UUID, room: Room, commands: Sequence[Command]) -> Beside:
        club = await _club(db, room, commands)
        return Beside(
            presence=await _presence(db, room_id, commands),
            times=times,
            blocks=await _blocks(db, room_id, room, commands),
            club=club,
            members=await _members(db, club, commands),
            kept_out=await _kept_out(db, room, commands),
        )

    return Aggregate(SOURCE, ROOM_FACTS, initial, decide, evolve, read, write, after, SNAPSHOTS)


async def _presence(db: "Connection[Record]", room_id: UUID, commands: Sequence[Command]) -> dict[UUID, Presence]:
    people = {user for command in commands if (user := getattr(command, "user_id", None))}
    rows = await db.fetch(PRESENCE, room_id, people) if people else []
    return {row["user_id"]: Presence(**row) for row in rows}


async def _blocks(
    db: "Connection[Record]", room_id: UUID, room: Room, commands: Sequence[Command]
) -> frozenset[tuple[UUID, UUID]]:
    """Between those whom the commands are about, and with anybody here; read only when it can matter.

    Whoever comes with one command of a batch is here for the next.
    """
    matters = any(isinstance(command, BLOCKS_MATTER) for command in commands)
    if not (matters or room.public.hands or room.public.awaited_host_id):
        return frozenset()
    concerned = [command for command in commands if isinstance(command, (*BLOCKS_MATTER, *COMING))]
    people = {user for command in concerned for name in ("user_id", "by") if (user := getattr(command, name, None))}
    rows = await db.fetch(BLOCKS, room_id, people) if people else []
    return frozenset((row["blocker_id"], row["blocked_id"]) for row in rows)


async def _club(db: "Connection[Record]", room: Room, commands: Sequence[Command]) -> Club | None:
    """The room's, when somebody may act as one of its admins, or only members come in; both may change in a batch."""
    awaited = room.public.awaited_host_id is not None or any(isinstance(command, OpeningDue) for command in commands)
    for_members = room.public.policy.enter == "club" or any(isinstance(command, Edit) for command in commands)
    matters = (OpenPlanned, *([ChangeRole] if awaited else []), *([Join] if for_members else []))
    if room.public.club_id is None or not any(isinstance(command, matters) for command in commands):
        return None
    return await clubs.find(db, room.public.club_id)


async def _members(db: "Connection[Record]", club: Club | None, commands: Sequence[Command]) -> frozenset[UUID]:
    comers = {command.user_id for command in commands if isinstance(command, Join)}
    if club is None or not comers:
        return frozenset()
    return await clubs.members(db, club, comers)


async def _kept_out(db: "Connection[Record]", room: Room, commands: Sequence[Command]) -> frozenset[UUID]:
    """Those who want to come in, and whom the room's club has banned."""
    comers = {command.user_id for command in commands if isinstance(command, Join)}
    comers |= {command.by for command in commands if isinstance(command, OpenPlanned)}
    if room.public.club_id is None or not comers:
        return frozenset()
    rows = await db.fetch(KEPT_OUT, room.public.club_id, comers)
    return frozenset(row["user_id"] for row in rows)


async def write(db: "Connection[Record]", room_id: UUID, rows: Sequence[Row]) -> None:
    left = squash(rows)
    if left.all_over:
        await db.execute(NOBODY, room_id)
        await db.execute(NOTHING_DUE, room_id)
    if left.gone:
        await db.execute(GONE, room_id, left.gone)
        await db.execute(NOTHING_DUE_FOR, room_id, left.gone)
    if left.no_longer_due:
        over = [(row.kind, row.user_id, row.due_by) for row in left.no_longer_due]
        await db.execute(NO_LONGER_DUE, room_id, *zip(*over, strict=True))
    if left.present:
        present = [
            (each.user_id, each.seat, each.connection, each.connection_no, each.connected)
            for each in left.present.values()
        ]
        await db.execute(SEATED, room_id, *zip(*present, strict=True))
    if left.due:
        due = [(each.kind, each.user_id, each.at, each.seat, each.connection_no) for each in left.due.values()]
        await db.execute(DUE, room_id, *zip(*due, strict=True))


BLOCKS_MATTER = (RaiseHand, Invite, AnswerInvitation, ChangeRole, OpeningDue)
COMING = (Join, OpenPlanned)
PRESENCE = """
select user_id, seat, connection, connection_no, connected, not connected and not exists (
    select from deadlines d where d.room_id = p.room_id and d.user_id = p.user_id and d.kind = 'grace') as awaited
from presence p where room_id = $1 and user_id = any($2)
"""
BLOCKS = """
select blocker_id, blocked_id from blocks b where blocked and blocker_id = any($2) and (blocked_id = any($2)
    or exists (select from presence p where p.room_id = $1 and p.user_id = b.blocked_id))
union all
select blocker_id, blocked_id from blocks b where blocked and blocked_id = any($2)
    and exists (select from presence p where p.room_id = $1 and p.user_id = b.blocker_id)
"""
KEPT_OUT = "select user_id from club_bans where club_id = $1 and user_id = any($2) and banned"
SEATED = """
insert into presence (room_id, user_id, seat, connection, connection_no, connected)
select $1, * from unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::int[], $6::boolean[])
on conflict (room_id, user_id) do update set seat = excluded.seat, connection = excluded.connection,
    connection_no = excluded.connection_no, connected = excluded.connected
"""
GONE = "delete from presence where room_id = $1 and user_id = any($2)"
NOBODY = "delete from presence where room_id = $1"
DUE = """
insert into deadlines (room_id, kind, user_id, due_at, seat, connection_no)
select $1, * from unnest($2::text[], $3::uuid[], $4::timestamptz[], $5::bigint[], $6::int[])
on conflict (room_id, kind, user_id) do update set due_at = excluded.due_at, seat = excluded.seat,
    connection_no = excluded.connection_no
"""
NO_LONGER_DUE = """
delete from deadlines d using unnest($2::text[], $3::uuid[], $4::timestamptz[]) over(kind, user_id, due_by)
where d.room_id = $1 and d.kind = over.kind
    and (over.user_id is null or d.user_id = over.user_id) and (over.due_by is null or d.due_at <= over.due_by)
"""
NOTHING_DUE_FOR = "delete from deadlines where room_id = $1 and user_id = any($2) and kind <> 'countdown'"
NOTHING_DUE = "delete from deadlines where room_id = $1"
