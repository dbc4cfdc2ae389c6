"""The media service, put together. Run: uvicorn --factory services.media.main:create_app"""

import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from contracts.kafka import ROOM_EVENTS
from services.kit.app import build_app
from services.kit.ids import new_id, now
from services.kit.lifecycle import every, running
from services.kit.service_tokens import ServiceTokens
from services.kit.tail import Tail
from services.media import beats, choosing, clockwork
from services.media.admission import Limits
from services.media.api import build_api
from services.media.consumers import RoomFollower
from services.media.engine.candidates import IPAddress, reachable_at
from services.media.interfaces import Interfaces
from services.media.measurements import Measurements
from services.media.node import MediaNode
from services.media.rooms_client import RoomsClient
from services.media.settings import Settings

ASK_SECONDS = 2.0
FAREWELL_SECONDS = 1.0


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    loops = choosing.loops(settings)
    measurements = Measurements(settings.kafka_bootstrap, now, new_id)
    own = Interfaces(time.monotonic)

    def reachable(from_loopback: bool) -> list[IPAddress]:
        return reachable_at(settings.media_addresses, *own.known(), from_loopback)

    limits = Limits(settings.media_silence_seconds, settings.media_max_sessions, settings.media_max_joining)
    node = MediaNode(new_id(), loops, reachable, measurements.tell, new_id, secrets.randbits, limits)
    heart = beats.Beats(node, settings.node_id, settings.node_url, loops, measurements.tell)
    tokens = ServiceTokens(settings.service_secret, "media")
    http = httpx.AsyncClient(timeout=ASK_SECONDS)
    follower = RoomFollower(node, RoomsClient(http, settings.rooms_url, tokens))
    tail = Tail(settings.kafka_bootstrap, ROOM_EVENTS)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        for loop in loops:
            loop.start(node.happened)
        try:
            async with (
                http,
                running(
                    measurements.run(),
                    follower.run(tail),
                    clockwork.run(node, follower.forget),
                    every(beats.EVERY_SECONDS, heart.beat),
                ),
            ):
                yield
                heart.tell(draining=True)
                await node.shut_down()
                await measurements.flush(FAREWELL_SECONDS)
        finally:
            for loop in loops:
                loop.close()

    app = build_app("media", settings, lifespan, {"sound": heart.sound, "room.events.v1": tail.health})
    app.include_router(build_api(node, follower, tokens))
    return app
