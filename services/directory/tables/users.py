"""People in tables: their names as they are now, and what no fact may carry."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never
from uuid import UUID

import asyncpg

from contracts.users import USER_FACTS, UserFact
from services.directory.domain import users
from services.directory.domain.relations import NOBODY, BlockRow, FollowRow, Other
from services.directory.domain.users import Beside, Command, NameRow, PersonRow, Register, Rename, Row, User
from services.kit.database import Connection, Record
from services.kit.event_store import Aggregate, Conflict, EventStore


async def read(db: "Connection[Record]", stream: UUID, state: User, commands: Sequence[Command]) -> Beside:
    (command,) = commands
    row = await db.fetchrow(SELF, stream)
    known = Beside(**row) if row else Beside()
    if isinstance(command, Register | Rename):
        return known
    other = await db.fetchrow(OTHER, stream, command.user_id)
    return replace(known, other=Other(**other) if other else NOBODY)


async def write(db: "Connection[Record]", stream: UUID, rows: Sequence[Row]) -> None:
    for row in rows:
        match row:
            case PersonRow():
                await _register(db, row)
            case NameRow(name=name):
                await db.execute(RENAME, stream, name)
            case FollowRow(user_id=other, follows=follows):
                await db.execute(FOLLOW if follows else UNFOLLOW, stream, other)
            case BlockRow(user_id=other, at=None):
                await db.execute(UNBLOCK, stream, other)
            case BlockRow(user_id=other, at=at):
                await db.execute(BLOCK, stream, other, at)
            case _:
                assert_never(row)


async def _register(db: "Connection[Record]", row: PersonRow) -> None:
    """Raises `Conflict` when somebody has the username, in whatever case."""
    try:
        await db.execute(INSERT_USER, row.user_id, row.username, row.name, row.email, row.joined_at)
    except asyncpg.UniqueViolationError as error:
        raise Conflict(users.TAKEN if error.constraint_name == "users_username" else users.ID_TAKEN) from error
    await db.execute(INSERT_KEY, row.user_id, row.key)
    if row.password_hash is not None:
        await db.execute(INSERT_CREDENTIALS, row.user_id, row.password_hash)


USERS: Aggregate[User, Command, UserFact, Beside, Row] = Aggregate(
    source="/directory",
    facts=USER_FACTS,
    initial=User,
    decide=users.decide,
    evolve=users.evolve,
    read=read,
    write=write,
    together=False,  # `read` looks up what one command needs
)

UserStore = EventStore[User, Command, UserFact, Beside, Row]

SELF = """
select (select name from users where id = $1) as name, (select key from user_keys where user_id = $1) as key
"""
OTHER = """
select exists (select from users where id = $2) as exists,
       exists (select from user_follows where follower_id = $1 and followed_id = $2) as followed,
       exists (select from user_blocks where blocker_id = $1 and blocked_id = $2) as blocked,
       exists (select from user_blocks where blocker_id = $2 and blocked_id = $1) as blocks_me
"""
INSERT_USER = "insert into users (id, username, name, email, joined_at) values ($1, $2, $3, $4, $5)"
INSERT_KEY = "insert into user_keys (user_id, key) values ($1, $2)"
INSERT_CREDENTIALS = "insert into credentials (user_id, password_hash) values ($1, $2)"
RENAME = "update users set name = $2 where id = $1"
FOLLOW = "insert into user_follows (follower_id, followed_id) values ($1, $2)"
UNFOLLOW = "delete from user_follows where follower_id = $1 and followed_id = $2"
BLOCK = "insert into user_blocks (blocker_id, blocked_id, blocked_at) values ($1, $2, $3)"
UNBLOCK = "delete from user_blocks where blocker_id = $1 and blocked_id = $2"
