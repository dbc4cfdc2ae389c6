"""Tickets, for one socket or media session each: which room and seat, never which role. None is ever stored."""

from dataclasses import dataclass
from uuid import UUID

from services.kit.ids import NewId
from services.kit.tokens import Signer

ISSUER = "hallway-rooms"


@dataclass(frozen=True)
class Tickets:
    signer: Signer
    seconds: int
    make_id: NewId

    def mint(self, room_id: UUID, user_id: UUID, seat: int, connection_no: int) -> dict[str, str]:
        """`signal` and `media`, fresh ones."""
        claims = {"sub": str(user_id), "room_id": str(room_id), "seat": seat, "connection_no": connection_no}
        return {
            audience: self.signer.sign(audience, {**claims, "jti": str(self.make_id())}, self.seconds)
            for audience in ("signal", "media")
        }
