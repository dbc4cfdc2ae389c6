"""What another service said of somebody, told to every room they are in: one ordinary command each."""

from uuid import UUID

from contracts.base import Envelope, Fact
from services.kit.commands import Request
from services.kit.database import Database
from services.kit.events import Cause
from services.rooms.beside import RoomStore
from services.rooms.domain.commands import Command


async def tell_rooms_of(
    user: UUID, command: Command, consumer: str, envelope: Envelope[Fact], database: Database, store: RoomStore
) -> None:
    """Keyed by the fact, so that a batch that comes again repeats nothing."""
    for row in await database.fetch(ROOMS_OF, user):
        await tell(row["room_id"], command, consumer, envelope, store)


async def tell(room_id: UUID, command: Command, consumer: str, envelope: Envelope[Fact], store: RoomStore) -> None:
    cause = Cause(correlation_id=envelope.correlation_id, causation_id=envelope.id)
    key = Request.of(consumer, f"{envelope.id} {room_id}", type(command).__name__, b"")
    await store.handle(room_id, command, cause, key, always=True)


ROOMS_OF = "select room_id from presence where user_id = $1"
