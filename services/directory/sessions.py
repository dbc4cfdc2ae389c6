"""Sessions: short access tokens, and the refresh families that outlive them."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.directory.queries.people import Someone
from services.directory.secret_texts import digest, new_secret
from services.kit.database import Connection, Database, Record
from services.kit.identity import AUDIENCE
from services.kit.ids import Clock, NewId
from services.kit.tokens import Signer

AT_THE_SAME_MOMENT = timedelta(seconds=10)  # two tabs, or an answer that got lost: the former secret is no theft yet


@dataclass(frozen=True)
class Refreshed:
    user_id: UUID
    session: UUID
    cookie: str | None  # None: another tab has the new one already


@dataclass(frozen=True)
class Begun:
    session: UUID
    cookie: str


@dataclass(frozen=True)
class OpenSession:
    """As its owner sees it. `name`: the browser's."""

    id: UUID
    name: str
    signed_in_at: datetime
    last_used_at: datetime


class AccessTokens:
    """Signs who somebody is: the claims that every service reads."""

    def __init__(self, signer: Signer, seconds: int, operators: frozenset[str]) -> None:
        self._signer, self.seconds, self._operators = signer, seconds, operators

    def of(self, someone: Someone, device: UUID | None, session: UUID | None = None, guest: bool = False) -> str:
        """An access token. `device`: the browser's, when it is known. `session`: the family it comes from."""
        said = claims(someone, device, guest, self._operators)
        if session is not None:
            said["session"] = str(session)
        return self._signer.sign(AUDIENCE, said, self.seconds)


def claims(someone: Someone, device: UUID | None, guest: bool, operators: frozenset[str]) -> dict[str, Any]:
    """What a token says of somebody. `operators`: usernames in lower case, for they are unique whatever the case."""
    said = {"sub": str(someone.id), "name": someone.name, "username": someone.username, "guest": guest}
    if device is not None:
        said["device"] = str(device)
    if not guest and someone.username is not None and someone.username.lower() in operators:
        said["operator"] = True
    return said


class RefreshFamilies:
    """One a sign-in. The cookie is `<family>.<secret>`; each use makes a new secret."""

    def __init__(self, database: Database, clock: Clock, make_id: NewId, days: int) -> None:
        self._database, self._clock, self._make_id = database, clock, make_id
        self._life = timedelta(days=days)

    async def begin(self, user_id: UUID, name: str) -> Begun:
        """A new session, in the browser of this name."""
        family, secret, now = self._make_id(), new_secret(), self._clock()
        await self._database.execute(BEGIN, family, user_id, digest(secret), now, now + self._life, name)
        return Begun(family, f"{family.hex}.{secret}")

    async def refresh(self, cookie: str) -> Refreshed | None:
        """Who it is, and their next cookie. None when it is worth nothing; a former secret ends its whole family."""
        parsed = _parsed(cookie)
        if parsed is None:
            return None
        family, secret = parsed
        async with self._database.transaction() as db:
            row = await db.fetchrow(LOCK_FAMILY, family)
            if row is None or row["revoked"] or row["expires_at"] <= self._clock():
                return None
            if secrets.compare_digest(digest(secret), row["secret_sha256"]):
                return Refreshed(row["user_id"], family, await self._rotate(db, family))
            if self._just_rotated(row, secret):
                return Refreshed(row["user_id"], family, None)
            await db.execute(REVOKE, family)
        return None

    async def end(self, cookie: str) -> None:
        """Sign out: the family is worth nothing from now on."""
        parsed = _parsed(cookie)
        if parsed:
            await self._database.execute(END, parsed[0], digest(parsed[1]))

    async def open(self, user_id: UUID) -> list[OpenSession]:
        """Those of a person, the last used first."""
        return [OpenSession(**row) for row in await self._database.fetch(OPEN, user_id, self._clock())]

    async def revoke(self, user_id: UUID, session: UUID) -> bool:
        """False when this person has no such session."""
        return bool(await self._database.fetchval(REVOKE_ONE, user_id, session, self._clock()))

    async def revoke_others(self, user_id: UUID, session: UUID | None) -> int:
        """All but this one; how many there were."""
        rows = await self._database.fetch(REVOKE_OTHERS, user_id, session, self._clock())
        return len(rows)

    async def forget_old(self) -> None:
        await self._database.execute(FORGET, self._clock())

    async def _rotate(self, db: "Connection[Record]", family: UUID) -> str:
        secret, now = new_secret(), self._clock()
        await db.execute(ROTATE, family, digest(secret), now, now + self._life)
        return f"{family.hex}.{secret}"

    def _just_rotated(self, row: Record, secret: str) -> bool:
        previous: bytes | None = row["previous_sha256"]
        rotated_at: datetime = row["rotated_at"]
        same = previous is not None and secrets.compare_digest(digest(secret), previous)
        return same and self._clock() - rotated_at < AT_THE_SAME_MOMENT


def _parsed(cookie: str) -> tuple[UUID, str] | None:
    family, _, secret = cookie.partition(".")
    try:
        return UUID(hex=family), secret
    except ValueError:
        return None


BEGIN = """
insert into refresh_families (id, user_id, secret_sha256, rotated_at, signed_in_at, expires_at, name)
values ($1, $2, $3, $4, $4, $5, $6)
"""
LOCK_FAMILY = """
select user_id, secret_sha256, previous_sha256, rotated_at, expires_at, revoked
from refresh_families where id = $1 for update
"""
ROTATE = """
update refresh_families set previous_sha256 = secret_sha256, secret_sha256 = $2, rotated_at = $3, expires_at = $4
where id = $1
"""
REVOKE = "update refresh_families set revoked = true where id = $1"
END = "update refresh_families set revoked = true where id = $1 and $2 in (secret_sha256, previous_sha256)"
OPEN = """
select id, name, signed_in_at, rotated_at as last_used_at from refresh_families
where user_id = $1 and not revoked and expires_at > $2 order by rotated_at desc, id
"""
REVOKE_ONE = """
update refresh_families set revoked = true
where user_id = $1 and id = $2 and not revoked and expires_at > $3 returning true
"""
REVOKE_OTHERS = """
update refresh_families set revoked = true
where user_id = $1 and id is distinct from $2 and not revoked and expires_at > $3 returning id
"""
FORGET = "delete from refresh_families where expires_at < $1"
