"""ES256 JSON web tokens: signed by an issuer's own key, checked by anyone who holds its public ones."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from services.kit.database import LOST
from services.kit.health import Check
from services.kit.keys import KeyRing, key_set

log = structlog.get_logger()
ALGORITHM = "ES256"
REFRESH_SECONDS = 300.0
UNKNOWN_KID_SECONDS = 10.0  # at most one refresh so often for keys never heard of
LEEWAY_SECONDS = 5
FOR_EVER_SECONDS = 10**9

FetchJwks = Callable[[], Awaitable[dict[str, Any]]]


class InvalidToken(Exception):
    """Not ours, not for here, not yet or no longer valid: the message says which, and never shows the token."""


class KeysMissing(Exception):
    """Whether a token is valid cannot be said yet: its issuer's keys have not come. Not the fault of who sent it."""


class Signer:
    def __init__(self, keys: KeyRing, issuer: str) -> None:
        self._keys, self._issuer = keys, issuer

    def sign(self, audience: str, claims: Mapping[str, Any], seconds: int) -> str:
        """A token with these claims for one audience, valid from now for so many seconds."""
        key, present = self._keys.signing, int(time.time())
        standard = {"iss": self._issuer, "aud": audience, "iat": present, "exp": present + seconds}
        return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, {**claims, **standard}, key)


class Verifier:
    """Checks tokens of one issuer. Not ready until it holds its keys; the last good ones are kept when it is away."""

    def __init__(self, fetch: FetchJwks, issuer: str) -> None:
        self._fetch, self._issuer = fetch, issuer
        self._keys: KeySet | None = None
        self._asked_at = -UNKNOWN_KID_SECONDS

    async def run(self) -> None:
        """Fetch the keys now (again and again until they are there) and every 5 min."""
        while True:
            await self._refresh()
            await asyncio.sleep(REFRESH_SECONDS if self._keys else 0.2)

    async def verify(self, token: str, audience: str, whatever_age: bool = False) -> dict[str, Any]:
        """The claims of a valid token; of one that may have expired, when its age does not matter.

        Raises `InvalidToken`, and `KeysMissing` where that cannot be told.
        """
        leeway = FOR_EVER_SECONDS if whatever_age else LEEWAY_SECONDS
        try:
            return self._claims(token, audience, leeway)
        except InvalidKeyIdError:
            if time.monotonic() - self._asked_at > UNKNOWN_KID_SECONDS:
                await self._refresh()
            return self._claims_or_raise(token, audience, leeway)
        except (JoseError, ValueError, TypeError) as error:
            raise InvalidToken(_reason(error)) from error

    async def health(self) -> Check:
        return Check(self._keys is not None, "holds keys" if self._keys else f"waits for the keys of {self._issuer}")

    def _claims_or_raise(self, token: str, audience: str, leeway: int) -> dict[str, Any]:
        try:
            return self._claims(token, audience, leeway)
        except (JoseError, ValueError, TypeError) as error:
            raise InvalidToken(_reason(error)) from error

    def _claims(self, token: str, audience: str, leeway: int) -> dict[str, Any]:
        if self._keys is None:
            raise KeysMissing(f"the keys of {self._issuer} are not here yet")
        decoded = jwt.decode(token, self._keys, algorithms=[ALGORITHM])
        jwt.JWTClaimsRegistry(
            leeway=leeway,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": audience},
            sub={"essential": True},
            exp={"essential": True},
        ).validate(decoded.claims)
        return dict(decoded.claims)

    async def _refresh(self) -> None:
        self._asked_at = time.monotonic()
        try:
            self._keys = key_set(await self._fetch())
        except (httpx.HTTPError, ValueError, JoseError, *LOST) as error:  # an issuer verifies with its own table
            log.warning("keys not refreshed", issuer=self._issuer, error=repr(error))


def jwks_at(url: str) -> FetchJwks:
    """Fetches the key set from an address."""

    async def fetch() -> dict[str, Any]:
        async with httpx.AsyncClient(timeout=5) as client:
            response = await client.get(url)
            response.raise_for_status()
            body: dict[str, Any] = response.json()
            return body

    return fetch


def _reason(error: Exception) -> str:
    return error.error if isinstance(error, JoseError) else type(error).__name__
