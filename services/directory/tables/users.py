"""People in tables: as they describe themselves now, and what no fact may carry."""

from collections.abc import Sequence
from typing import assert_never
from uuid import UUID

import asyncpg

from contracts.users import USER_FACTS, Profile, UserFact
from services.directory.domain import users
from services.directory.domain.users import Beside, Command, Row, User
from services.directory.domain.users.registering import ID_TAKEN, TAKEN
from services.directory.domain.users.relations import Block, BlockRow, Follow, FollowRow, Other, Unblock, Unfollow
from services.directory.domain.users.rows import ErasedRow, PersonRow, ProfileRow
from services.directory.domain.users.topics import FollowTopic, TopicRow, UnfollowTopic
from services.kit.database import Connection, Record
from services.kit.event_store import Aggregate, Conflict, EventStore


async def read(db: "Connection[Record]", stream: UUID, state: User, commands: Sequence[Command]) -> Beside:
    (command,) = commands
    row = await db.fetchrow(SELF, stream)
    profile = Profile.model_validate(dict(row)) if row else Profile()
    key = await db.fetchval(KEY, stream)
    match command:
        case Follow() | Unfollow() | Block() | Unblock():
            other = await db.fetchrow(OTHER, stream, command.user_id)
            return Beside(profile, key, other=Other(**other) if other else Other())
        case FollowTopic(topic_id=topic) | UnfollowTopic(topic_id=topic):
            return Beside(profile, key, follows_topic=await db.fetchval(FOLLOWS_TOPIC, stream, topic))
        case _:
            return Beside(profile, key)


async def write(db: "Connection[Record]", stream: UUID, rows: Sequence[Row]) -> None:
    for row in rows:
        match row:
            case PersonRow():
                await _register(db, row)
            case ProfileRow(changed=profile):
                await db.execute(DESCRIBE, stream, profile.name, profile.bio, profile.links)
            case FollowRow(user_id=other, at=at):
                await (db.execute(FOLLOW, stream, other, at) if at else db.execute(UNFOLLOW, stream, other))
            case BlockRow(user_id=other, at=at):
                await (db.execute(BLOCK, stream, other, at) if at else db.execute(UNBLOCK, stream, other))
            case TopicRow(topic_id=topic, at=at):
                await (db.execute(FOLLOW_TOPIC, stream, topic, at) if at else db.execute(UNFOLLOW_TOPIC, stream, topic))
            case ErasedRow():
                for statement in ERASE:
                    await db.execute(statement, stream)
            case _:
                assert_never(row)


async def _register(db: "Connection[Record]", row: PersonRow) -> None:
    """Raises `Conflict` when somebody has the username, in whatever case, or the identity."""
    try:
        await db.execute(INSERT_USER, row.user_id, row.username, row.name, row.joined_at)
        if row.identity is not None:
            await db.execute(INSERT_IDENTITY, row.identity.issuer, row.identity.subject, row.user_id)
    except asyncpg.UniqueViolationError as error:
        raise Conflict(TAKEN if error.constraint_name == "users_username" else ID_TAKEN) from error
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

SELF = "select username, name, bio, links from users where id = $1"
KEY = "select key from user_keys where user_id = $1"
OTHER = """
select exists (select from users where id = $2) as exists,
       exists (select from user_follows where follower_id = $1 and followed_id = $2) as followed,
       exists (select from user_blocks where blocker_id = $1 and blocked_id = $2) as blocked,
       exists (select from user_blocks where blocker_id = $2 and blocked_id = $1) as blocks_me
"""
FOLLOWS_TOPIC = "select exists (select from user_topics where user_id = $1 and topic_id = $2)"
INSERT_USER = "insert into users (id, username, name, joined_at) values ($1, $2, $3, $4)"
INSERT_IDENTITY = "insert into provider_identities (issuer, subject, user_id) values ($1, $2, $3)"
INSERT_KEY = "insert into user_keys (user_id, key) values ($1, $2)"
INSERT_CREDENTIALS = "insert into credentials (user_id, password_hash) values ($1, $2)"
DESCRIBE = """
update users set name = coalesce($2, name), bio = coalesce($3, bio), links = coalesce($4, links) where id = $1
"""
FOLLOW = "insert into user_follows (follower_id, followed_id, followed_at) values ($1, $2, $3)"
UNFOLLOW = "delete from user_follows where follower_id = $1 and followed_id = $2"
BLOCK = "insert into user_blocks (blocker_id, blocked_id, blocked_at) values ($1, $2, $3)"
UNBLOCK = "delete from user_blocks where blocker_id = $1 and blocked_id = $2"
FOLLOW_TOPIC = "insert into user_topics (user_id, topic_id, followed_at) values ($1, $2, $3)"
UNFOLLOW_TOPIC = "delete from user_topics where user_id = $1 and topic_id = $2"
ERASE = (  # credentials, sessions, mails and other sign-ins go with the person's row
    "delete from user_keys where user_id = $1",
    "delete from users where id = $1",
    "delete from user_follows where follower_id = $1 or followed_id = $1",
    "delete from user_blocks where blocker_id = $1 or blocked_id = $1",
    "delete from user_topics where user_id = $1",
)
