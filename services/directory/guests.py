"""Guests: a device is a random id in a cookie; clearing it makes a new guest, which the documentation says."""

import hmac
from hashlib import sha256
from uuid import UUID

GUEST = "Guest"


class Guests:
    """The same device is the same guest, so that a reload or a new token keeps a seat.

    The user id is derived under a secret: nobody can choose one, and it says nothing about the device.
    """

    def __init__(self, secret: str) -> None:
        self._key = sha256(b"guests " + secret.encode()).digest()

    def user_id(self, device: UUID) -> UUID:
        """RFC 9562 section 5.8: version 8, our own making."""
        digest = bytearray(hmac.digest(self._key, device.bytes, "sha256")[:16])
        digest[6] = digest[6] & 0x0F | 0x80
        digest[8] = digest[8] & 0x3F | 0x80
        return UUID(bytes=bytes(digest))
