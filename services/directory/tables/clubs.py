"""Clubs in tables: as they are now, and who follows them, belongs to them, waits or is kept out."""

from collections.abc import Sequence
from typing import assert_never
from uuid import UUID

from contracts.clubs import CLUB_FACTS, ClubFact
from services.directory.domain import clubs
from services.directory.domain.clubs import Beside, Club, Command, Row
from services.directory.domain.clubs.commands import Edit, Found, Wishes
from services.directory.domain.clubs.state import (
    AnsweredRow,
    BanRow,
    ClubRow,
    FollowerRow,
    LiftedRow,
    MemberRow,
    Place,
    PlaceRow,
    Waiting,
    WaitingRow,
    WishesRow,
)
from services.kit.database import Connection, Record
from services.kit.event_store import Aggregate, EventStore


async def read(db: "Connection[Record]", stream: UUID, state: Club, commands: Sequence[Command]) -> Beside:
    (command,) = commands
    person = command.by if isinstance(command, Found | Edit) else command.user_id
    row = await db.fetchrow(BESIDE, stream, person)
    if row is None:
        return Beside()
    place = Place(row["place"]) if row["place"] else None
    waiting = Waiting(row["waiting"]) if row["waiting"] else None
    return Beside(**{**row, "place": place, "waiting": waiting})


async def write(db: "Connection[Record]", stream: UUID, rows: Sequence[Row]) -> None:
    for row in rows:
        match row:
            case ClubRow():
                await db.execute(FOUND, stream, row.name, row.topic_id, row.founder_id, row.founded_at)
            case WishesRow(wishes=wishes):
                await _save(db, stream, wishes)
            case FollowerRow(user_id=user, follows=follows):
                await db.execute(FOLLOW if follows else UNFOLLOW, user, stream)
                await db.execute(COUNT_FOLLOWERS, stream, 1 if follows else -1)
            case MemberRow(user_id=user, since=since):
                await db.execute(JOIN, stream, user, since)
                await db.execute(COUNT_MEMBERS, stream, 1)
            case PlaceRow(user_id=user, place=None):
                await db.execute(LEAVE, stream, user)
                await db.execute(COUNT_MEMBERS, stream, -1)
            case PlaceRow(user_id=user, place=place):
                await db.execute(MOVE, stream, user, place)
            case WaitingRow():
                await db.execute(WAIT, stream, row.user_id, row.waiting, row.by, row.since)
            case AnsweredRow(user_id=user):
                await db.execute(ANSWER, stream, user)
            case BanRow():
                await db.execute(BAN, stream, row.user_id, row.by, row.since)
            case LiftedRow(user_id=user):
                await db.execute(LIFT, stream, user)
            case _:
                assert_never(row)


async def _save(db: "Connection[Record]", stream: UUID, now: Wishes) -> None:
    await db.execute(SAVE, stream, now.name, now.topic_id, now.description, now.rules, now.admission)


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
       exists (select from club_followers where user_id = $2 and club_id = $1) as follows,
       (select role from club_members where club_id = $1 and user_id = $2) as place,
       (select kind from club_waiting where club_id = $1 and user_id = $2) as waiting,
       (select by from club_waiting where club_id = $1 and user_id = $2) as invited_by,
       exists (select from club_bans where club_id = $1 and user_id = $2) as banned,
       (select user_id from club_members where club_id = $1 and user_id <> $2 order by rank, since, user_id limit 1)
           as heir
"""
FOUND = """
with club as (
    insert into clubs (id, name, topic_id, founder_id, founded_at, member_count) values ($1, $2, $3, $4, $5, 1)
)
insert into club_members (club_id, user_id, role, since) values ($1, $4, 'founder', $5)
"""
SAVE = """
update clubs set name = $2, topic_id = $3, description = $4, rules = $5, admission = $6 where id = $1
"""
FOLLOW = "insert into club_followers (user_id, club_id) values ($1, $2)"
UNFOLLOW = "delete from club_followers where user_id = $1 and club_id = $2"
COUNT_FOLLOWERS = "update clubs set follower_count = follower_count + $2 where id = $1"
JOIN = "insert into club_members (club_id, user_id, role, since) values ($1, $2, 'member', $3)"
LEAVE = "delete from club_members where club_id = $1 and user_id = $2"
COUNT_MEMBERS = "update clubs set member_count = member_count + $2 where id = $1"
MOVE = """
with club as (
    update clubs set founder_id = $2 where id = $1 and $3 = 'founder'
)
update club_members set role = $3 where club_id = $1 and user_id = $2
"""
WAIT = "insert into club_waiting (club_id, user_id, kind, by, since) values ($1, $2, $3, $4, $5)"
ANSWER = "delete from club_waiting where club_id = $1 and user_id = $2"
BAN = "insert into club_bans (club_id, user_id, by, since) values ($1, $2, $3, $4)"
LIFT = "delete from club_bans where club_id = $1 and user_id = $2"
