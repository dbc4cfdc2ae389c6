"""How services know each other: short HS256 tokens under one secret of the installation.

A shared secret, because media has no database for keys of its own; see docs/decisions/0004-service-tokens.md.
"""

import time
from typing import Annotated

from fastapi import Header, params
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from contracts.problems import Code
from services.kit.problems import ProblemError

ALGORITHM = "HS256"
SECONDS = 60


class ServiceTokens:
    """`me` is this service's name: it is the issuer of what it sends and the audience of what it gets."""

    def __init__(self, secret: str, me: str) -> None:
        self._key, self._me = OctKey.import_key(secret), me

    def authorization(self, callee: str) -> dict[str, str]:
        """The header with which to call another service."""
        present = int(time.time())
        claims = {"iss": self._me, "aud": callee, "iat": present, "exp": present + SECONDS}
        return {"Authorization": f"Bearer {jwt.encode({'alg': ALGORITHM}, claims, self._key)}"}

    def caller(self, token: str) -> str:
        """The name of the service that sent a token meant for us. Raises joserfc's errors or ValueError."""
        decoded = jwt.decode(token, self._key, algorithms=[ALGORITHM])
        jwt.JWTClaimsRegistry(
            aud={"essential": True, "value": self._me}, iss={"essential": True}, exp={"essential": True}
        ).validate(decoded.claims)
        return str(decoded.claims["iss"])


def only_services(tokens: ServiceTokens) -> params.Depends:
    """A FastAPI dependency for `/internal/…`: 401 unless the caller is one of our services."""

    async def check(authorization: Annotated[str, Header()] = "") -> str:
        try:
            return tokens.caller(authorization.removeprefix("Bearer "))
        except (JoseError, ValueError, TypeError) as error:
            raise ProblemError(Code.UNAUTHENTICATED, "Only Hallway's own services may ask this.") from error

    return params.Depends(check)
