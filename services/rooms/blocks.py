"""Who has blocked whom: kept beside the rooms, and told to the rooms in which both are just now."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from contracts.base import Envelope
from contracts.users import USER_FACTS, UserBlocked, UserFact, UserUnblocked
from services.kit.commands import Request
from services.kit.database import Database
from services.kit.events import Cause
from services.kit.reactor import Reactor
from services.rooms.beside import RoomStore
from services.rooms.domain.commands import Blocked

BLOCKS = "rooms-blocks"  # the consumer's name, under which its offsets stand


def blocks(database: Database, store: RoomStore) -> Reactor[UserFact]:
    return Reactor(database, BLOCKS, USER_FACTS, reaction(database, store))


def reaction(database: Database, store: RoomStore) -> Callable[[Envelope[UserFact]], Awaitable[None]]:
    """The row first: a hand that goes up from now on is hidden by it, and one that is up already by the command."""

    async def react(envelope: Envelope[UserFact]) -> None:
        match envelope.fact:
            case UserBlocked(user_id=who, blocked_id=whom):
                await _keep(database, who, whom, True, envelope.seq)
                for row in await database.fetch(BOTH_IN, who, whom):
                    cause = Cause(correlation_id=envelope.correlation_id, causation_id=envelope.id)
                    key = Request.of(BLOCKS, f"{envelope.id} {row['room_id']}", envelope.fact.type, b"")
                    await store.handle(row["room_id"], Blocked(whom, who), cause, key, always=True)
            case UserUnblocked(user_id=who, blocked_id=whom):
                await _keep(database, who, whom, False, envelope.seq)
            case _:
                pass  # nothing that rooms decide by

    return react


async def _keep(database: Database, who: UUID, whom: UUID, blocked: bool, seq: int) -> None:
    await database.execute(KEEP, who, whom, blocked, seq)


KEEP = """
insert into blocks (blocker_id, blocked_id, blocked, seq) values ($1, $2, $3, $4)
on conflict (blocker_id, blocked_id) do update set blocked = excluded.blocked, seq = excluded.seq
where excluded.seq > blocks.seq
"""
BOTH_IN = "select room_id from presence where user_id = $1 intersect select room_id from presence where user_id = $2"
