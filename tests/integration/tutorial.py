"""The tables of the tutorial that Hallway grew from, with the demo in them, and its three questions in our own words.

Who is where is taken from the log of the service rooms, not from the hallway's read model.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
import orjson

from hallway.demo import CLUBS, FOLLOWS, ROOMS, USERS
from services.kit.database import Connection as PooledConnection

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


class Tutorial:
    def __init__(self, database: "PooledConnection[asyncpg.Record]") -> None:
        self._database = database

    async def write(self, log: Connection) -> None:
        """`log`: the database of the service rooms."""
        await self._database.execute(TABLES)
        for user in USERS:
            await self._database.execute("insert into t.users values ($1, $2)", user.id, user.name)
        for club in CLUBS:
            await self._database.execute("insert into t.clubs values ($1, $2)", club.id, club.name)
        for number, clubs in FOLLOWS.items():
            for club_number in clubs:
                club_id, user_id = CLUBS[club_number - 1].id, USERS[number - 1].id
                await self._database.execute("insert into t.followers values ($1, $2)", club_id, user_id)
        for room in ROOMS:
            await self._write_room(room.id, await log.fetch(LOG, room.id))

    async def rooms(self, follower: UUID | None = None) -> list[dict[str, Any]]:
        return [_plain(row) for row in await self._database.fetch(ROOMS_LISTED, follower)]

    async def room(self, room_id: UUID) -> dict[str, Any]:
        row = await self._database.fetchrow(ONE_ROOM, room_id)
        assert row
        return _plain(row)

    async def _write_room(self, room_id: UUID, facts: Sequence[Any]) -> None:
        roles: dict[str, str] = {}
        for row in facts:
            fact = orjson.loads(row["data"])
            match row["type"]:
                case "room.opened.v1":
                    roles[fact["host_id"]] = "HOST"
                    club = UUID(fact["club_id"]) if fact["club_id"] else None
                    name = (room_id, fact["name"], club, row["at"])
                    await self._database.execute("insert into t.rooms values ($1, $2, $3, $4)", *name)
                case "room.participant_joined.v1":
                    roles[fact["user_id"]] = "AUDIENCE"
                case "room.role_changed.v1":
                    roles[fact["user_id"]] = fact["role"]
                case "room.participant_left.v1":
                    del roles[fact["user_id"]]
        for user, role in roles.items():
            await self._database.execute("insert into t.participants values ($1, $2, $3)", room_id, UUID(user), role)


def _plain(row: Any) -> dict[str, Any]:
    lists = {name: orjson.loads(row[name]) for name in ("panel", "audience") if name in row}
    return {**row, "id": str(row["id"]), **lists}


TABLES = """
create schema t;
create table t.users (id uuid primary key, name text);
create table t.clubs (id uuid primary key, name text);
create table t.followers (
    club_id uuid references t.clubs, user_id uuid references t.users, primary key (club_id, user_id)
);
create table t.rooms (id uuid primary key, name text, club_id uuid references t.clubs, date timestamptz);
create table t.participants (
    room_id uuid references t.rooms, user_id uuid references t.users, role text, primary key (room_id, user_id)
);
"""
LOG = "select type, data::text, at from events where stream = $1 order by version"
ROOMS_LISTED = """
select r.id, r.name, c.name as club_name,
       count(*) filter (where p.role <> 'AUDIENCE') as panel_count, count(*) as participant_count,
       coalesce(jsonb_agg(jsonb_build_object('user_id', p.user_id, 'role', p.role, 'name', u.name))
           filter (where p.role <> 'AUDIENCE'), '[]')::text as panel
from t.rooms r join t.participants p on p.room_id = r.id join t.users u on u.id = p.user_id
left join t.clubs c on c.id = r.club_id
where $1::uuid is null or r.club_id is null
    or exists (select from t.followers f where f.club_id = r.club_id and f.user_id = $1)
group by r.id, c.name order by r.date desc limit 100
"""
ONE_ROOM = """
select r.id, r.name, c.name as club_name,
       coalesce(jsonb_agg(jsonb_build_object('user_id', p.user_id, 'role', p.role, 'name', u.name))
           filter (where p.role <> 'AUDIENCE'), '[]')::text as panel,
       coalesce(jsonb_agg(jsonb_build_object('user_id', p.user_id, 'role', p.role, 'name', u.name))
           filter (where p.role = 'AUDIENCE'), '[]')::text as audience
from t.rooms r left join t.participants p on p.room_id = r.id left join t.users u on u.id = p.user_id
left join t.clubs c on c.id = r.club_id
where r.id = $1 group by r.id, c.name
"""
