"""Guests: a device is a random id in a cookie; clearing it makes a new guest, which the documentation says."""

import hmac
from hashlib import sha256
from itertools import count
from uuid import UUID

from services.kit.database import Database

GUEST = "Guest"


class Guests:
    """The same device is the same guest, so that a reload or a new token keeps a seat.

    The user id is derived under a secret: nobody can choose one, and it says nothing about the device.
    """

    def __init__(self, database: Database, secret: str) -> None:
        self._database = database
        self._key = sha256(b"guests " + secret.encode()).digest()

    async def user_id(self, device: UUID) -> UUID:
        """Whoever registered took their id along: whoever listens on that device next is another guest."""
        for number in count():
            guest = self.derived(device, number)
            if not await self._database.fetchval(REGISTERED, guest):
                return guest
        raise AssertionError("there are always more numbers")

    def derived(self, device: UUID, number: int = 0) -> UUID:
        """RFC 9562 section 5.8: version 8, our own making."""
        said = device.bytes + (number.to_bytes(4) if number else b"")
        digest = bytearray(hmac.digest(self._key, said, "sha256")[:16])
        digest[6] = digest[6] & 0x0F | 0x80
        digest[8] = digest[8] & 0x3F | 0x80
        return UUID(bytes=bytes(digest))


REGISTERED = "select exists (select from events where stream = $1)"
