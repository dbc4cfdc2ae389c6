"""Checking tickets: rooms' signature, this room, not used before."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from services.kit.database import Database
from services.kit.tokens import InvalidToken, Verifier

ISSUER = "hallway-rooms"
Audience = Literal["signal", "media"]


@dataclass(frozen=True)
class Ticket:
    """Which room and who; never which role."""

    jti: UUID
    user_id: UUID
    room_id: UUID
    seat: int
    connection_no: int
    expires_at: datetime

    @classmethod
    def of(cls, claims: dict[str, Any]) -> "Ticket":
        """Raises KeyError, TypeError or ValueError when a claim is missing or odd."""
        return cls(
            UUID(claims["jti"]),
            UUID(claims["sub"]),
            UUID(claims["room_id"]),
            int(claims["seat"]),
            int(claims["connection_no"]),
            datetime.fromtimestamp(claims["exp"], UTC),
        )


class TicketDesk:
    def __init__(self, database: Database, verifier: Verifier) -> None:
        self._database, self._verifier = database, verifier

    async def read(self, text: str, audience: Audience, room_id: UUID, whatever_age: bool = False) -> Ticket | None:
        """The ticket, if it is one of rooms' for this room. Raises `KeysMissing` while that cannot be told."""
        try:
            ticket = Ticket.of(await self._verifier.verify(text, audience, whatever_age))
        except (InvalidToken, KeyError, TypeError, ValueError):
            return None
        return ticket if ticket.room_id == room_id else None

    async def use(self, ticket: Ticket) -> bool:
        """True the first time only, whichever instance is asked."""
        return await self._database.fetchval(USE, ticket.jti, ticket.expires_at) is not None

    async def give_back(self, ticket: Ticket) -> None:
        """It opened nothing after all: it may be used again."""
        await self._database.execute(GIVE_BACK, ticket.jti)

    async def forget_old(self) -> None:
        """A ticket that has expired opens nothing anyway."""
        await self._database.execute(FORGET)


USE = "insert into used_tickets (jti, expires_at) values ($1, $2) on conflict do nothing returning jti"
GIVE_BACK = "delete from used_tickets where jti = $1"
FORGET = "delete from used_tickets where expires_at < now() - interval '5 minutes'"
