"""The directory, put together. Run: uvicorn --factory services.directory.main:create_app"""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

from contracts.kafka import MEDIA_EVENTS, ROOM_EVENTS, USER_EVENTS
from services.directory.api import clubs, demo, doors, people, relations, rooms, sessions, stream
from services.directory.guests import Guests
from services.directory.live.blocks import Blocks
from services.directory.live.doors import LiveDoors
from services.directory.live.hallway import LiveHallway
from services.directory.live.ring import Ring
from services.directory.live.subscriptions import Subscriptions
from services.directory.live.voices import Voices
from services.directory.passwords import Passwords
from services.directory.sessions import AccessTokens, RefreshFamilies
from services.directory.settings import Settings
from services.directory.tables.clubs import CLUBS
from services.directory.tables.users import USERS
from services.kit.app import build_app
from services.kit.commands import forget_old
from services.kit.database import Database
from services.kit.event_store import EventStore
from services.kit.health import database_probe
from services.kit.identity import ISSUER
from services.kit.ids import new_id, now
from services.kit.keys import KeyRing
from services.kit.lifecycle import every, running, told_to_stop
from services.kit.relay import Relay
from services.kit.tail import Tail
from services.kit.tokens import Signer, Verifier

HOUR_SECONDS = 3600.0


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    database = Database(settings.database_url, "directory", settings.database_connections)
    users, club_store = EventStore(database, USERS), EventStore(database, CLUBS)
    relay = Relay(database, settings.kafka_bootstrap, "directory")
    keys = KeyRing(database, settings.key_secret)
    verifier = Verifier(keys.jwks, ISSUER)
    families = RefreshFamilies(database, now, new_id, settings.refresh_days)
    tokens = AccessTokens(Signer(keys, ISSUER), settings.access_token_seconds, settings.operators)
    signing_in = sessions.Sessions(tokens, families, settings.refresh_days)
    passwords = Passwords()
    tails = {topic.name: Tail(settings.kafka_bootstrap, topic) for topic in (ROOM_EVENTS, MEDIA_EVENTS, USER_EVENTS)}
    subscriptions = Subscriptions()
    live = LiveHallway(database, Ring(secrets.token_hex(8)), subscriptions, settings.hallway_tick_ms)
    voices, blocks = Voices(live.rooms, subscriptions), Blocks(subscriptions)

    async def forget() -> None:
        await forget_old(database, now())
        await families.forget_old()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with database, users, club_store:
            await keys.load()
            await live.load()
            following = (
                tails[ROOM_EVENTS.name].run(live.heard),
                tails[MEDIA_EVENTS.name].run(voices.heard),
                tails[USER_EVENTS.name].run(blocks.heard),
            )
            work = (relay.run(), verifier.run(), *following, live.run(), voices.run(), every(HOUR_SECONDS, forget))
            with told_to_stop(subscriptions.close):
                async with running(*work):
                    yield

    probes = {
        "database": database_probe(database),
        "relay": relay.health,
        "keys": verifier.health,
        **{name: tail.health for name, tail in tails.items()},
        "live hallway": live.health,
    }
    app = build_app("directory", settings, lifespan, probes, verifier)
    doors.install(app)
    app.include_router(people.build_api(database, users, passwords, signing_in))
    app.include_router(relations.build_api(database, users))
    app.include_router(sessions.build_api(database, passwords, signing_in, Guests(settings.key_secret)))
    app.include_router(clubs.build_api(database, club_store))
    app.include_router(rooms.build_api(database))
    app.include_router(stream.build_api(database, LiveDoors(database, live, voices, subscriptions)))
    app.include_router(_published(keys))
    if settings.demo_mode:
        app.include_router(demo.build_api(settings, database, users, club_store, signing_in))
    return app


def _published(keys: KeyRing) -> APIRouter:
    api = APIRouter(tags=["sessions"])

    @api.get("/.well-known/jwks.json")
    async def jwks() -> dict[str, list[dict[str, str]]]:
        """The public keys that access tokens are checked with (RFC 7517 section 5)."""
        return await keys.jwks()

    return api
