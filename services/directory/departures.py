"""Somebody was erased: their clubs hear of it, one ordinary command each. Directory reads its own facts for that."""

from collections.abc import Awaitable, Callable

from contracts.base import Envelope
from contracts.users import USER_FACTS, UserErased, UserFact
from services.directory.domain.clubs.commands import Depart
from services.directory.queries import belonging
from services.directory.tables.clubs import ClubStore
from services.kit.commands import Request
from services.kit.database import Database
from services.kit.events import Cause
from services.kit.reactor import Reactor

DEPARTURES = "directory-departures"  # the consumer's name, under which its offsets stand


def departures(database: Database, clubs: ClubStore) -> Reactor[UserFact]:
    return Reactor(database, DEPARTURES, USER_FACTS, reaction(database, clubs))


def reaction(database: Database, clubs: ClubStore) -> Callable[[Envelope[UserFact]], Awaitable[None]]:
    async def react(envelope: Envelope[UserFact]) -> None:
        if not isinstance(envelope.fact, UserErased):
            return
        for club_id in await belonging.of_person(database, envelope.stream):
            cause = Cause(correlation_id=envelope.correlation_id, causation_id=envelope.id)
            key = Request.of(DEPARTURES, f"{envelope.id} {club_id}", envelope.fact.type, b"")
            await clubs.handle(club_id, Depart(envelope.stream), cause, key, always=True)

    return react
