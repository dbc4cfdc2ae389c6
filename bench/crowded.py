"""A hallway of any size, twice in one database: as the services keep it, and in plain normalised tables."""

import asyncpg

from services.kit.database import Record

CLUBS_FOLLOWED = (3, 300, 5_000)
CLUBS, USERS = 10_000, 20_000


class Crowded:
    """Live rooms of 20 people (a host, three speakers, listeners), four of five in one of 10,000 clubs."""

    def __init__(self, db: "asyncpg.Connection[Record]", twice: bool = True) -> None:
        """`twice`: in the plain tables, too."""
        self._db, self._twice = db, twice
        self._rooms = 0

    async def begin(self) -> None:
        """People, clubs, and somebody each who follows 3, 300 and 5,000 of them; no room yet."""
        await self._db.execute(NOT_SEARCHED)
        await self._db.execute(PEOPLE.format(users=USERS, clubs=CLUBS))
        for number in CLUBS_FOLLOWED:
            await self._db.execute(FOLLOWER.format(number=number))
        if self._twice:
            await self._db.execute(PLAIN)
            await self._db.execute(COPIED)

    async def grow(self, rooms: int) -> None:
        """To so many rooms."""
        await self._db.execute(ROOMS.format(first=self._rooms + 1, last=rooms, clubs=CLUBS, users=USERS))
        if self._twice:
            await self._db.execute(ROOMS_COPIED)
        await self._db.execute("drop table new_room, seated")
        await self._db.execute("vacuum analyze")
        self._rooms = rooms


# What search has is not read here, and would take minutes to make.
NOT_SEARCHED = """
drop index users_search;
drop index clubs_search;
alter table room_card disable trigger user
"""
# As a beginner's course has them: primary and foreign keys, and no index beyond.
PLAIN = """
create schema tutorial;
create table tutorial.users (id uuid primary key, username text unique, name text);
create table tutorial.clubs (id uuid primary key, name text not null);
create table tutorial.club_followers (
    club_id uuid references tutorial.clubs, user_id uuid references tutorial.users, primary key (club_id, user_id)
);
create table tutorial.rooms (
    id uuid primary key, name text not null, club_id uuid references tutorial.clubs, date timestamptz not null
);
create table tutorial.participants (
    room_id uuid references tutorial.rooms, user_id uuid references tutorial.users, role text not null,
    primary key (room_id, user_id)
)
"""
PEOPLE = """
insert into users (id, username, name, joined_at)
select md5('user' || n)::uuid, 'user' || n, 'User ' || n, now() from generate_series(1, {users}) n;
insert into clubs (id, name, topic_id, founder_id, founded_at)
select md5('club' || n)::uuid, 'Club ' || n, md5('topic')::uuid, md5('user1')::uuid, now()
from generate_series(1, {clubs}) n
"""
FOLLOWER = """
insert into users (id, username, name, joined_at)
values (md5('follows' || {number})::uuid, 'follows' || {number}, 'Follows {number}', now());
insert into club_followers (user_id, club_id)
select md5('follows' || {number})::uuid, md5('club' || n * 2)::uuid from generate_series(1, {number}) n
"""
COPIED = """
insert into tutorial.users select id, username, name from users;
insert into tutorial.clubs select id, name from clubs;
insert into tutorial.club_followers select club_id, user_id from club_followers
"""
# Random ids and newest last: as a log would have brought them. Seats 1 to 4 are on stage.
ROOMS = """
create temp table new_room as
select n, md5('room' || n)::uuid as id, case when n % 5 > 0 then md5('club' || 1 + n * 7919::bigint % {clubs})::uuid end
    as club_id, 'Room ' || n as name, timestamptz '2026-01-01' + n * interval '1 second' as at
from generate_series({first}, {last}) n;
create temp table seated as
select id as room_id, seat, md5('user' || 1 + (n * 20 + seat) % {users})::uuid as user_id,
       case when seat = 1 then 'HOST' when seat <= 4 then 'SPEAKER' else 'AUDIENCE' end as role
from new_room, generate_series(1, 20) seat;
insert into participants (room_id, user_id, role, seat, muted, guest)
select room_id, user_id, role, seat, false, false from seated;
insert into room_card (id, name, club_id, state, policy, panel, panel_count, participant_count, started_at, listed_at,
                       seq)
select r.id, r.name, r.club_id, 'live', '{{"speak": "hand", "enter": "everyone"}}', s.panel, 4, 20, r.at, r.at, 20
from new_room r join (
    select room_id, jsonb_agg(jsonb_build_object('user_id', user_id, 'role', role) order by seat) as panel
    from seated where seat <= 4 group by room_id
) s on s.room_id = r.id order by n
"""
ROOMS_COPIED = """
insert into tutorial.rooms select id, name, club_id, at from new_room order by n;
insert into tutorial.participants select room_id, user_id, role from seated
"""
