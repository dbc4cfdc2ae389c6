"""Kafka in: presence from signalling becomes commands; clubs become a read model."""

from collections.abc import Awaitable, Callable
from typing import assert_never

from contracts.base import Envelope
from contracts.signal import SIGNAL_FACTS, ConnectionClosed, ConnectionOpened, RoomMoved, RoomPlaced, SignalFact
from services.kit.commands import Request
from services.kit.database import Database
from services.kit.events import Cause
from services.kit.ids import Clock
from services.kit.reactor import Reactor
from services.rooms.beside import RoomStore
from services.rooms.domain.commands import Connected, Disconnected

PRESENCE = "rooms-presence"  # the consumer's name, under which its offsets stand


def presence(database: Database, store: RoomStore, clock: Clock) -> Reactor[SignalFact]:
    return Reactor(database, PRESENCE, SIGNAL_FACTS, reaction(store, clock))


def reaction(store: RoomStore, clock: Clock) -> Callable[[Envelope[SignalFact]], Awaitable[None]]:
    """One ordinary command a fact, keyed by the fact's id. Nobody hears its outcome: a late fact changes nothing."""

    async def react(envelope: Envelope[SignalFact]) -> None:
        command = command_for(envelope.fact, clock)
        if command:
            cause = Cause(correlation_id=envelope.correlation_id, causation_id=envelope.id)
            key = Request.of(PRESENCE, str(envelope.id), envelope.fact.type, b"")
            await store.handle(envelope.stream, command, cause, key, always=True)

    return react


def command_for(fact: SignalFact, clock: Clock) -> Connected | Disconnected | None:
    """The grace of a closed connection runs from rooms' own clock, never from the fact's time."""
    match fact:
        case ConnectionOpened(user_id=user, seat=seat, connection_no=number):
            return Connected(user, seat, number)
        case ConnectionClosed(user_id=user, seat=seat, connection_no=number):
            return Disconnected(user, seat, number, clock())
        case RoomPlaced() | RoomMoved():
            return None
        case _:
            assert_never(fact)
