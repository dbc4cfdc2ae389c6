"""Clubs in tables: as they are now, who follows them and who runs them."""

from collections.abc import Sequence
from typing import assert_never
from uuid import UUID

from contracts.clubs import CLUB_FACTS, ClubFact
from services.directory.domain import clubs
from services.directory.domain.clubs import (
    AdminRow,
    Beside,
    Club,
    ClubRow,
    Command,
    FollowerRow,
    Found,
    NameRow,
    Rename,
    Row,
)
from services.kit.database import Connection, Record
from services.kit.event_store import Aggregate, EventStore


async def read(db: "Connection[Record]", stream: UUID, state: Club, commands: Sequence[Command]) -> Beside:
    (command,) = commands
    person = command.by if isinstance(command, Found | Rename) else command.user_id
    row = await db.fetchrow(BESIDE, stream, person)
    return Beside(**row) if row else Beside()


async def write(db: "Connection[Record]", stream: UUID, rows: Sequence[Row]) -> None:
    for row in rows:
        match row:
            case ClubRow():
                await db.execute(FOUND, stream, row.name, row.topic_id, row.founder_id, row.founded_at)
            case NameRow(name=name):
                await db.execute(RENAME, stream, name)
            case FollowerRow(user_id=user, follows=follows):
                await db.execute(FOLLOW if follows else UNFOLLOW, user, stream)
                await db.execute(COUNT, stream, 1 if follows else -1)
            case AdminRow(user_id=user, admin=admin):
                await db.execute(ADD_ADMIN if admin else REMOVE_ADMIN, stream, user)
            case _:
                assert_never(row)


CLUBS: Aggregate[Club, Command, ClubFact, Beside, Row] = Aggregate(
    source="/directory",
    facts=CLUB_FACTS,
    initial=Club,
    decide=clubs.decide,
    evolve=clubs.evolve,
    read=read,
    write=write,
    together=False,  # `read` looks up what one command needs
)

ClubStore = EventStore[Club, Command, ClubFact, Beside, Row]

BESIDE = """
select exists (select from users where id = $2) as exists,
       exists (select from club_followers where user_id = $2 and club_id = $1) as follows
"""
FOUND = """
with club as (
    insert into clubs (id, name, topic_id, founder_id, founded_at, member_count) values ($1, $2, $3, $4, $5, 1)
)
insert into club_members (club_id, user_id, role, since) values ($1, $4, 'founder', $5)
"""
RENAME = "update clubs set name = $2 where id = $1"
FOLLOW = "insert into club_followers (user_id, club_id) values ($1, $2)"
UNFOLLOW = "delete from club_followers where user_id = $1 and club_id = $2"
COUNT = "update clubs set follower_count = follower_count + $2 where id = $1"
ADD_ADMIN = """
insert into club_members (club_id, user_id, role, since) values ($1, $2, 'admin', now())
on conflict (club_id, user_id) do update set role = 'admin'
"""
REMOVE_ADMIN = "update club_members set role = 'member' where club_id = $1 and user_id = $2"
