"""What directory says of people: who blocked whom, which guest has an account now, who was erased."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from contracts.base import Envelope
from contracts.users import USER_FACTS, UserBlocked, UserErased, UserFact, UserRegistered, UserUnblocked
from services.kit.database import Database
from services.kit.ids import Clock
from services.kit.reactor import Reactor
from services.rooms.beside import RoomStore
from services.rooms.domain.commands import Blocked, Erased, Registered
from services.rooms.telling import tell, tell_rooms_of

PEOPLE = "rooms-blocks"  # the consumer's name, under which its offsets stand: from when it read nothing but blocks


def people(database: Database, store: RoomStore, clock: Clock) -> Reactor[UserFact]:
    return Reactor(database, PEOPLE, USER_FACTS, reaction(database, store, clock))


def reaction(database: Database, store: RoomStore, clock: Clock) -> Callable[[Envelope[UserFact]], Awaitable[None]]:
    """Of a block the row first: a hand that goes up from now on is hidden by it, one that is up by the command."""

    async def react(envelope: Envelope[UserFact]) -> None:
        match envelope.fact:
            case UserBlocked(user_id=who, blocked_id=whom):
                await _keep(database, who, whom, True, envelope.seq)
                for row in await database.fetch(BOTH_IN, who, whom):
                    await tell(row["room_id"], Blocked(whom, who), PEOPLE, envelope, store)
            case UserUnblocked(user_id=who, blocked_id=whom):
                await _keep(database, who, whom, False, envelope.seq)
            case UserRegistered(user_id=user):
                await tell_rooms_of(user, Registered(user), PEOPLE, envelope, database, store)
            case UserErased(user_id=user):
                await tell_rooms_of(user, Erased(user, clock()), PEOPLE, envelope, database, store)
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
