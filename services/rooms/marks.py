"""What only rooms can make, and check without having kept it: links into private rooms, and marks of devices."""

import hmac
from hashlib import sha256
from uuid import UUID

NO_LINK = UUID(int=0)  # what a link that is none stands for: it opens no room


class Marks:
    def __init__(self, secret: str) -> None:
        self._key = sha256(b"rooms' marks " + secret.encode()).digest()

    def link(self, room_id: UUID, link_id: UUID) -> str:
        """The text that lets people in. The room's log holds the id alone, from which nobody else can make it."""
        return f"{link_id.hex}-{self._mark(b'link', room_id, link_id.bytes)}"

    def link_id(self, room_id: UUID, link: str) -> UUID:
        """Which link of this room it is; `NO_LINK` for a text that rooms did not make for it."""
        try:
            link_id = UUID(hex=link.partition("-")[0])
        except ValueError:
            return NO_LINK
        return link_id if hmac.compare_digest(self.link(room_id, link_id).encode(), link.encode()) else NO_LINK

    def device(self, room_id: UUID, device: str) -> str:
        """The same device has another mark in each room: a room's log does not tell where else somebody was."""
        return self._mark(b"device", room_id, device.encode())

    def _mark(self, of: bytes, room_id: UUID, what: bytes) -> str:
        return hmac.new(self._key, of + room_id.bytes + what, sha256).hexdigest()[:32]
