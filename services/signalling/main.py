"""The signalling service, put together. Run: uvicorn --factory services.signalling.main:create_app"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from contracts.kafka import MEDIA_NODES, ROOM_EVENTS
from services.kit.app import build_app
from services.kit.commands import forget_old
from services.kit.database import Database
from services.kit.event_store import EventStore
from services.kit.health import database_probe
from services.kit.identity import ISSUER
from services.kit.ids import new_id, now
from services.kit.lifecycle import every, running, told_to_stop
from services.kit.relay import Relay
from services.kit.service_tokens import ServiceTokens
from services.kit.tail import Tail
from services.kit.tokens import Verifier, jwks_at
from services.signalling import consumers, fallback
from services.signalling.api import media as media_api
from services.signalling.api import socket as socket_api
from services.signalling.api.socket import SocketDesk
from services.signalling.broadcast import Broadcast
from services.signalling.exchange import Exchange
from services.signalling.fallback import Fallback
from services.signalling.feeds import Feeds
from services.signalling.leases import Leases
from services.signalling.lines import Lines
from services.signalling.neighbours.media import Media
from services.signalling.neighbours.rooms import Rooms
from services.signalling.nodes import Nodes
from services.signalling.placement import Placement
from services.signalling.presence import Presence
from services.signalling.settings import Settings
from services.signalling.sockets import RESTART
from services.signalling.store import SIGNALLING, SignalStore
from services.signalling.tickets import ISSUER as TICKET_ISSUER
from services.signalling.tickets import TicketDesk

ASK_SECONDS = 3.0
SWEEP_SECONDS = 30.0


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    instance_id = new_id()  # a restarted instance is another one: it inherits from the one it was
    database = Database(settings.database_url, "signalling", settings.database_connections)
    store: SignalStore = EventStore(database, SIGNALLING)
    relay = Relay(database, settings.kafka_bootstrap, "signalling")
    http = httpx.AsyncClient(timeout=ASK_SECONDS)
    service = ServiceTokens(settings.service_secret, "signalling")
    rooms, media = Rooms(http, settings.rooms_url, service), Media(http, service)
    of_rooms = Verifier(jwks_at(f"{settings.rooms_url}/.well-known/jwks.json"), TICKET_ISSUER)
    of_people = Verifier(jwks_at(f"{settings.directory_url}/.well-known/jwks.json"), ISSUER)
    facts, beats = Tail(settings.kafka_bootstrap, ROOM_EVENTS), Tail(settings.kafka_bootstrap, MEDIA_NODES, "beginning")
    nodes, lines = Nodes(now), Lines()
    broadcast = Broadcast(lines)
    here = Presence(store, lines, broadcast, media, nodes, instance_id)
    feeds = Feeds(rooms, facts.started, here.pass_on, lambda room_id: broadcast.end_room(room_id, RESTART))
    leases = Leases(database, store, here, settings, instance_id)
    log_away = Fallback(rooms, feeds, media, nodes, store)
    tickets = TicketDesk(database, of_rooms)
    exchange = Exchange(database, tickets, of_people, feeds, Placement(store, nodes), media, here)

    async def sweep() -> None:
        await tickets.forget_old()
        await forget_old(database, now())
        await exchange.forget_old()
        await leases.find_strays()
        for room_id in feeds.forget_unused(lines.rooms()):
            broadcast.forget(room_id)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with database, store, http:
            await leases.renew()
            work = (
                relay.run(),
                of_rooms.run(),
                of_people.run(),
                consumers.follow_rooms(facts, feeds),
                consumers.follow_nodes(beats, nodes),
                consumers.settle_nodes(beats, nodes),
                every(settings.lease_renew_seconds, leases.renew),
                every(settings.lease_renew_seconds, leases.inherit),
                here.run(),
                every(fallback.POLL_SECONDS, log_away.poll),
                every(SWEEP_SECONDS, sweep),
            )
            with told_to_stop(here.hang_up):
                async with running(*work):
                    yield
            await leases.give_up()

    probes = {
        "database": database_probe(database),
        "relay": relay.health,
        "keys of rooms": of_rooms.health,
        "keys of directory": of_people.health,
        "room.events.v1": facts.health,
        "media.nodes.v1": beats.health,
    }
    app = build_app("signalling", settings, lifespan, probes, of_people)
    desk = SocketDesk(tickets, feeds, rooms, here, broadcast, settings.beat_seconds)
    app.include_router(socket_api.build_api(desk))
    app.include_router(media_api.build_api(exchange))
    return app
