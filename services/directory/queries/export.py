"""Everything that the directory holds about one person, for that person."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag

from contracts.cloudevents import to_json
from services.directory.domain.sealing import unseal
from services.directory.tables.users import UserStore
from services.kit.database import Database

FACTS_AT_ONCE = 1000


async def tables(database: Database, user_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """By the name of the file that each becomes."""
    return {name: [dict(row) for row in await database.fetch(sql, user_id)] for name, sql in TABLES.items()}


async def facts(database: Database, store: UserStore, user_id: UUID) -> AsyncIterator[dict[str, Any]]:
    """What was said of this person, in their own stream, with what is sealed opened."""
    key: bytes | None = await database.fetchval(KEY, user_id)
    after = 0
    while True:
        envelopes, after_these = await store.facts(user_id, after, FACTS_AT_ONCE)
        for envelope in envelopes:
            event = to_json(envelope)
            sealed = event["data"].get("sealed")
            yield {**event, "data": {**event["data"], "sealed": _opened(sealed, key)}} if sealed else event
        if after_these == after:
            return
        after = after_these


def _opened(sealed: str, key: bytes | None) -> dict[str, Any] | None:
    try:
        return unseal(sealed, key).model_dump(mode="json", exclude_none=True) if key else None
    except InvalidTag:
        return None


KEY = "select key from user_keys where user_id = $1"
TABLES = {
    "profile": "select id, username, name, bio, links, joined_at from users where id = $1",
    "email": "select email, email_verified from users where id = $1 and email is not null",
    "providers": "select issuer, subject from provider_identities where user_id = $1",
    "devices": "select name, signed_in_at, rotated_at as last_used_at, revoked from refresh_families"
    " where user_id = $1 order by signed_in_at",
    "following": "select followed_id as user_id, followed_at from user_follows where follower_id = $1 order by 2",
    "followers": "select follower_id as user_id, followed_at from user_follows where followed_id = $1 order by 2",
    "blocked": "select blocked_id as user_id, blocked_at from user_blocks where blocker_id = $1 order by 2",
    "topics": "select topic_id, followed_at from user_topics where user_id = $1 order by 2",
    "clubs": "select club_id, role, since from club_members where user_id = $1 order by since",
    "clubs_followed": "select club_id from club_followers where user_id = $1",
    "clubs_waiting": "select club_id, kind, by, since from club_waiting where user_id = $1 order by since",
    "clubs_banned_from": "select club_id, since from club_bans where user_id = $1 order by since",
    "rooms_now": "select room_id, role, seat, muted from participants where user_id = $1",
}
