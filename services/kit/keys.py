"""An issuer's signing keys: rows in its own database, the private halves encrypted with a key from settings."""

import os
from hashlib import sha256
from typing import Any, cast

import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc.jwk import ECKey, KeySet

from services.kit.database import Connection, Database, Record
from services.kit.ids import new_id

NONCE_BYTES = 12


class KeyRing:
    """`load` before use. All instances of a service share the rows, so each verifies what another signed."""

    def __init__(self, database: Database, secret: str) -> None:
        self._database = database
        self._cipher = AESGCM(sha256(secret.encode()).digest())
        self._signing: ECKey | None = None

    async def load(self) -> None:
        """Take the newest key; the first instance ever makes it, under an advisory lock.

        Raises cryptography's InvalidTag when the secret in settings is not the one the keys were sealed with.
        """
        async with self._database.transaction() as db:
            await db.execute(LOCK)
            row = await db.fetchrow(NEWEST) or await self._make(db)
        self._signing = ECKey.import_key(orjson.loads(self._open(row["sealed"])))

    @property
    def signing(self) -> ECKey:
        if self._signing is None:
            raise RuntimeError("the key ring is used before it was loaded")
        return self._signing

    async def jwks(self) -> dict[str, Any]:
        """The public halves, as a JWK set (RFC 7517 section 5)."""
        return {"keys": [row["public"] for row in await self._database.fetch(PUBLIC)]}

    async def _make(self, db: "Connection[Record]") -> Record:
        key = ECKey.generate_key("P-256", parameters={"kid": new_id().hex, "use": "sig", "alg": "ES256"})
        sealed = self._seal(orjson.dumps(key.as_dict(private=True)))
        row = await db.fetchrow(INSERT, key.kid, sealed, key.as_dict(private=False))
        return cast(Record, row)

    def _seal(self, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, None)

    def _open(self, sealed: bytes) -> bytes:
        return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)


def key_set(jwks: dict[str, Any]) -> KeySet:
    return KeySet.import_key_set(cast(Any, jwks))


LOCK = "select pg_advisory_xact_lock(hashtextextended('signing_keys', 0))"
NEWEST = "select kid, sealed from signing_keys order by created_at desc limit 1"
INSERT = "insert into signing_keys (kid, sealed, public) values ($1, $2, $3) returning kid, sealed"
PUBLIC = "select public from signing_keys order by created_at desc"
