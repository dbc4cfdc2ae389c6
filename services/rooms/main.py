"""The rooms service, put together. Run: uvicorn --factory services.rooms.main:create_app"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from fastapi import FastAPI

from contracts.kafka import CLUB_EVENTS, SIGNAL_EVENTS, USER_EVENTS
from services.kit.app import build_app
from services.kit.commands import forget_old
from services.kit.database import Database
from services.kit.decisions import Refused
from services.kit.event_store import EventStore, waiting
from services.kit.health import database_probe
from services.kit.identity import ISSUER
from services.kit.ids import new_id, now
from services.kit.keys import KeyRing
from services.kit.lifecycle import every, running, told_to_stop
from services.kit.projection import Projection
from services.kit.projector import broker, consuming, subscribe
from services.kit.relay import Relay
from services.kit.service_tokens import ServiceTokens
from services.kit.tokens import Signer, Verifier, jwks_at
from services.rooms import clubs
from services.rooms.api import demo, feeds, hands, internal, links, moderation, rooms, seats
from services.rooms.api.door import Door
from services.rooms.beside import RoomStore, aggregate
from services.rooms.club_bans import club_bans
from services.rooms.consumers import presence
from services.rooms.deadlines import Deadlines, SignalEnds
from services.rooms.domain.commands import Club
from services.rooms.marks import Marks
from services.rooms.people import people
from services.rooms.settings import Settings
from services.rooms.tickets import ISSUER as TICKET_ISSUER
from services.rooms.tickets import Tickets
from services.rooms.waiting import LOOK_SECONDS, Arrivals

HOUR_SECONDS = 3600.0


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    kafka = settings.kafka_bootstrap
    database = Database(settings.database_url, "rooms", settings.database_connections)
    store: RoomStore = EventStore(database, aggregate(settings.times), limits=settings.limits)
    relay = Relay(database, kafka, "rooms")
    keys = KeyRing(database, settings.key_secret)
    verifier = Verifier(jwks_at(f"{settings.directory_url}/.well-known/jwks.json"), ISSUER)
    consumers = broker(kafka)
    from_signalling = subscribe(consumers, SIGNAL_EVENTS, presence(database, store, now), "presence")
    from_clubs = subscribe(consumers, CLUB_EVENTS, Projection(database, clubs.ClubModel()), "clubs")
    from_people = subscribe(consumers, USER_EVENTS, people(database, store, now), "people")
    bans = subscribe(consumers, CLUB_EVENTS, club_bans(database, store, now), "club bans")
    ends = SignalEnds(kafka)
    due = Deadlines(database, store, ends.ask, now)
    door = Door(store, now, Marks(settings.key_secret))
    arrivals = Arrivals(store.heads)

    async def find_club(club_id: UUID) -> Club | Refused:
        return await clubs.known(database, club_id)

    async def forget() -> None:
        await forget_old(database, now())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with database, store:
            await keys.load()
            work = (
                relay.run(),
                verifier.run(),
                consuming(consumers, kafka),
                due.run(),
                every(HOUR_SECONDS, forget),
                every(LOOK_SECONDS, arrivals.look),
            )
            async with running(*work):
                with told_to_stop(arrivals.hang_up):
                    yield
            await ends.close()

    probes = {
        "database": database_probe(database),
        "relay": relay.health,
        "keys": verifier.health,
        "signal.events.v1": from_signalling.health,
        "club.events.v1": from_clubs.health,
        "user.events.v1": from_people.health,
        "club bans": bans.health,
        "deadlines": due.health,
        "commands": waiting(store),
    }
    app = build_app("rooms", settings, lifespan, probes, verifier)
    tickets = Tickets(Signer(keys, TICKET_ISSUER), settings.ticket_seconds, new_id)
    app.include_router(rooms.build_api(door, find_club, new_id))
    app.include_router(seats.build_api(door, tickets))
    app.include_router(hands.build_api(door))
    app.include_router(links.build_api(door, new_id))
    app.include_router(feeds.build_api(door, arrivals))
    app.include_router(moderation.build_api(door))
    inside = ServiceTokens(settings.service_secret, "rooms")
    app.include_router(internal.build_api(door, inside))
    app.include_router(internal.people(door, inside))
    app.include_router(internal.published(keys))
    if settings.demo_mode and settings.loader_secret:
        app.include_router(demo.build_api(door, find_club, settings.loader_secret))
    return app
