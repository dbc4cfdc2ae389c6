"""How often somebody may try something: kept in Postgres, so it is right across instances.

The generic cell rate algorithm (ITU-T I.371, annex A), in one statement: one time a key, and nothing to count.
"""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from math import ceil

from fastapi import Request

from contracts.problems import Code
from services.kit.database import Database
from services.kit.ids import Clock
from services.kit.problems import ProblemError


@dataclass(frozen=True)
class Rate:
    """`burst` at once, and one more each `seconds`."""

    burst: int
    seconds: float


class RateLimits:
    """`secret` keeps usernames and addresses out of the table: their keyed hashes are there."""

    def __init__(self, database: Database, secret: str, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._secret = sha256(b"rate limits " + secret.encode()).digest()

    async def take(self, what: str, who: str, rate: Rate) -> None:
        """Count one more try. Raises the problem 429 `rate_limited` with `Retry-After` when it is one too many."""
        key, now, each = self._key(what, who), self._clock(), timedelta(seconds=rate.seconds)
        if await self._database.fetchval(TAKE, key, now, each, each * rate.burst):
            return
        free_at = await self._database.fetchval(FREE_AT, key) or now
        wait = max(1, ceil((free_at - now - each * (rate.burst - 1)).total_seconds()))
        message = f"Too many tries. Try again in {wait} seconds."
        raise ProblemError(Code.RATE_LIMITED, message, {"Retry-After": str(wait)})

    async def give_back(self, what: str, who: str) -> None:
        """It was all right: start afresh."""
        await self._database.execute(GIVE_BACK, self._key(what, who))

    async def forget_old(self) -> None:
        await self._database.execute(FORGET, self._clock())

    def _key(self, what: str, who: str) -> bytes:
        return hmac.digest(self._secret, f"{what} {who}".encode(), "sha256")


def address_of(request: Request) -> str:
    """Where a request comes from: what the gateway wrote last into X-Forwarded-For. Of IPv6 the network, a /64."""
    forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    text = forwarded or (request.client.host if request.client else "")
    try:
        address = ip_address(text)
    except ValueError:
        return text
    return address.exploded[:19] if isinstance(address, IPv6Address) else text


# One too many changes nothing, and gives no row.
TAKE = """
insert into rate_limits as r (key, free_at) values ($1, $2::timestamptz + $3::interval)
on conflict (key) do update set free_at = greatest(r.free_at, $2) + $3
where greatest(r.free_at, $2) + $3 <= $2 + $4::interval
returning true
"""
FREE_AT = "select free_at from rate_limits where key = $1"
GIVE_BACK = "delete from rate_limits where key = $1"
FORGET = "delete from rate_limits where free_at < $1"
