"""The directory, put together. Run: uvicorn --factory services.directory.main:create_app"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

from contracts.kafka import USER_EVENTS
from services.directory.accounts import Accounts
from services.directory.api import (
    account,
    club_entry,
    clubs,
    demo,
    doors,
    links,
    me,
    members,
    oidc,
    people,
    privacy,
    registering,
    relations,
    rooms,
    sessions,
    stream,
    ways,
)
from services.directory.api.club_door import ClubDoor
from services.directory.api.signing_in import Sessions
from services.directory.api.tries import Tries
from services.directory.departures import departures
from services.directory.exporting import Exports
from services.directory.guests import Guests
from services.directory.live.parts import LiveParts
from services.directory.mails import Mails
from services.directory.passwords import Passwords
from services.directory.rate_limits import RateLimits
from services.directory.rooms_client import RoomsClient
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
from services.kit.projector import broker, consuming, subscribe
from services.kit.relay import Relay
from services.kit.service_tokens import ServiceTokens
from services.kit.tokens import Signer, Verifier

HOUR_SECONDS = 3600.0
LOOK_AGAIN_SECONDS = 2.0


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    kafka = settings.kafka_bootstrap
    database = Database(settings.database_url, "directory", settings.database_connections)
    users, club_store = EventStore(database, USERS), EventStore(database, CLUBS)
    relay = Relay(database, kafka, "directory")
    keys = KeyRing(database, settings.key_secret)
    verifier = Verifier(keys.jwks, ISSUER)
    families = RefreshFamilies(database, now, new_id, settings.refresh_days)
    tokens = AccessTokens(Signer(keys, ISSUER), settings.access_token_seconds, settings.operators)
    signing_in = Sessions(tokens, families, settings.refresh_days)
    passwords = Passwords()
    mails = Mails(database, now, settings.mail_server, settings.mail_from, settings.public_url)
    accounts = Accounts(database, mails)
    limits = RateLimits(database, settings.key_secret, now)
    tries = Tries(limits, settings)
    service_tokens = ServiceTokens(settings.service_secret, "directory")
    rooms_client = RoomsClient(settings.rooms_url, service_tokens)
    exports = Exports(database, users, rooms_client)
    consumers = broker(kafka)
    from_people = subscribe(consumers, USER_EVENTS, departures(database, club_store), "departures")
    live = LiveParts(database, kafka, settings.hallway_tick_ms)

    async def forget() -> None:
        await forget_old(database, now())
        await families.forget_old()
        await mails.forget_old()
        await limits.forget_old()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with database, users, club_store:
            await keys.load()
            await live.load()
            work = (
                *(relay.run(), verifier.run(), *live.work(), mails.run()),
                *(consuming(consumers, kafka), every(HOUR_SECONDS, forget)),
                every(LOOK_AGAIN_SECONDS, from_people.look_again),
            )
            with told_to_stop(live.close):
                async with running(*work):
                    yield

    probes = {
        "database": database_probe(database),
        "relay": relay.health,
        "keys": verifier.health,
        "user.events.v1": from_people.health,
        **live.probes,
        "mails": mails.health,
        "passwords": passwords.health,
    }
    app = build_app("directory", settings, lifespan, probes, verifier)
    doors.install(app)
    club_door = ClubDoor(database, club_store)
    gate, guests = ways.only_with_passwords(settings), Guests(database, settings.key_secret)
    app.include_router(sessions.build_api(database, passwords, signing_in, guests, tries, gate))
    app.include_router(ways.build_api(settings))
    if settings.oidc_issuer:
        app.include_router(oidc.build_api(database, users, accounts, signing_in, ways.provider(settings)))
    if settings.demo_mode:
        app.include_router(demo.build_api(settings, database, users, club_store, accounts, signing_in))
    with_passwords = registering.build_api(database, users, passwords, accounts, signing_in, tries)
    app.include_router(with_passwords, dependencies=[gate])
    app.include_router(people.build_api(database))
    app.include_router(me.build_api(database, users, accounts))
    app.include_router(relations.build_api(database, users))
    app.include_router(account.build_api(accounts, mails, passwords, families, tries))
    app.include_router(links.build_api(database, accounts, passwords, signing_in, tries))
    app.include_router(privacy.build_api(users, accounts, passwords, exports, tries))
    app.include_router(clubs.build_api(database, club_door))
    app.include_router(members.build_api(database, club_door))
    app.include_router(club_entry.build_api(database, club_door))
    app.include_router(rooms.build_api(database, rooms_client))
    app.include_router(stream.build_api(database, live.doors))
    app.include_router(_published(keys))
    return app


def _published(keys: KeyRing) -> APIRouter:
    api = APIRouter(tags=["sessions"])

    @api.get("/.well-known/jwks.json")
    async def jwks() -> dict[str, list[dict[str, str]]]:
        """The public keys that access tokens are checked with (RFC 7517 section 5)."""
        return await keys.jwks()

    return api
