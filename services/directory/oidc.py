"""Signing in through an OIDC provider: the authorization code flow with PKCE (OpenID Connect Core 1.0 section 3.1).

The provider says who somebody is; the tokens that services read stay our own: docs/decisions/0015.
"""

import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey
from pydantic import BaseModel, ConfigDict, ValidationError

DISCOVERY = "/.well-known/openid-configuration"
ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "EdDSA"]  # none with a shared secret, and never `none`
MINUTES_TO_SIGN_IN = 10
LEEWAY_SECONDS = 30
OWN = "HS256"


class ProviderRefused(Exception):
    """The provider, or what came back from it, cannot be trusted with a sign-in: the message says why."""


class Identity(BaseModel):
    """Claims of an ID token; only the first two are sure to be there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    iss: str
    sub: str
    preferred_username: str | None = None
    name: str | None = None
    email: str | None = None
    email_verified: bool = False


@dataclass(frozen=True)
class Start:
    """`url`: where the browser goes. `cookie`: what it brings back, signed by us."""

    url: str
    cookie: str


@dataclass(frozen=True)
class Client:
    """How this installation is registered with the provider."""

    issuer: str
    client_id: str
    client_secret: str | None
    redirect_uri: str


class Provider:
    """`secret` signs the cookie that ties a sign-in to the browser that began it."""

    def __init__(self, client: Client, secret: str) -> None:
        self._client = client
        self._key = OctKey.import_key(sha256(b"oidc " + secret.encode()).digest())
        self._metadata: dict[str, Any] | None = None

    async def start(self, next_path: str) -> Start:
        """Raises `ProviderRefused` when the provider is away."""
        metadata = await self._discovered()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        async with self._oauth() as oauth:
            url, _ = oauth.create_authorization_url(
                metadata["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        claims = {"state": state, "nonce": nonce, "verifier": verifier, "next": next_path}
        expires = int(time.time()) + MINUTES_TO_SIGN_IN * 60
        return Start(url, jwt.encode({"alg": OWN}, {**claims, "exp": expires}, self._key))

    async def finish(self, cookie: str, state: str, code: str) -> tuple[Identity, str]:
        """Who it is, and where they wanted to go. Raises `ProviderRefused`."""
        try:
            begun = jwt.decode(cookie, self._key, algorithms=[OWN])
            jwt.JWTClaimsRegistry(exp={"essential": True}).validate(begun.claims)
        except (JoseError, ValueError) as error:
            raise ProviderRefused("this sign-in was not begun in this browser, or too long ago") from error
        if not secrets.compare_digest(str(begun.claims["state"]).encode(), state.encode()):
            raise ProviderRefused("this answer belongs to another sign-in")
        token, said = await self._exchanged(code, begun.claims["verifier"])
        identity = await self._identity(token, begun.claims["nonce"])
        if said.get("sub", identity.sub) != identity.sub:
            raise ProviderRefused("the provider's user info is about somebody else")
        more = {name: value for name, value in said.items() if name not in ("iss", "sub") and value is not None}
        return Identity.model_validate({**identity.model_dump(), **more}), str(begun.claims["next"])

    async def _exchanged(self, code: str, verifier: str) -> tuple[str, dict[str, Any]]:
        """(ID token, user info): most providers tell a name only there (section 5.3)."""
        metadata = await self._discovered()
        try:
            async with self._oauth() as oauth:
                answer = await oauth.fetch_token(
                    metadata["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=verifier
                )
                info = metadata.get("userinfo_endpoint")
                said = (await oauth.get(info)).raise_for_status().json() if info else {}
            return str(answer["id_token"]), said
        except (httpx.HTTPError, AuthlibBaseError, KeyError, ValueError) as error:
            raise ProviderRefused(f"the provider gave no ID token ({type(error).__name__})") from error

    async def _identity(self, token: str, nonce: str) -> Identity:
        """The ID token's claims, checked as section 3.1.3.7 says."""
        client = self._client
        try:
            keys = KeySet.import_key_set(cast(Any, await self._fetched((await self._discovered())["jwks_uri"])))
            decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
            jwt.JWTClaimsRegistry(
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "value": client.issuer},
                aud={"essential": True, "value": client.client_id},
                sub={"essential": True},
                exp={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(decoded.claims)
            return Identity.model_validate(decoded.claims)
        except (JoseError, ValidationError, ValueError, TypeError) as error:
            raise ProviderRefused(f"the provider's ID token is not valid ({type(error).__name__})") from error

    async def _discovered(self) -> dict[str, Any]:
        """The provider's metadata (OpenID Connect Discovery 1.0 section 4), asked for once."""
        if self._metadata is None:
            found = await self._fetched(self._client.issuer.rstrip("/") + DISCOVERY)
            if found.get("issuer") != self._client.issuer:
                raise ProviderRefused("the provider calls itself otherwise than OIDC_ISSUER says")
            self._metadata = found
        return self._metadata

    async def _fetched(self, url: str) -> dict[str, Any]:
        try:
            async with httpx.AsyncClient(timeout=10) as http:
                response = await http.get(url)
                response.raise_for_status()
                body: dict[str, Any] = response.json()
                return body
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderRefused(f"the provider is away ({type(error).__name__})") from error

    def _oauth(self) -> Any:
        client = self._client
        return AsyncOAuth2Client(
            client.client_id,
            client.client_secret,
            scope="openid profile email",
            redirect_uri=client.redirect_uri,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if client.client_secret else "none",
            timeout=10,
        )
