"""The hallway projector: a process of its own. Run: uvicorn --factory services.directory.projector:create_app"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from contracts.kafka import ROOM_EVENTS
from services.directory.projections.model import HallwayModel
from services.directory.settings import ProjectorSettings
from services.kit import parking
from services.kit.app import build_app
from services.kit.database import Database
from services.kit.health import Check, database_probe
from services.kit.lifecycle import every, running
from services.kit.projection import Projection
from services.kit.projector import broker, consuming, subscribe

LOOK_SECONDS = 2.0


def create_app(settings: ProjectorSettings | None = None) -> FastAPI:
    settings = settings or ProjectorSettings()
    database = Database(settings.database_url, "hallway-projector", connections=4)
    projection = Projection(database, HallwayModel())
    kafka = broker(settings.kafka_bootstrap)
    position = subscribe(kafka, ROOM_EVENTS, projection, title="room.events.v1: hallway")

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        work = consuming(kafka, settings.kafka_bootstrap), every(LOOK_SECONDS, position.look_again)
        async with database, running(*work):
            yield

    async def parked() -> Check:
        """A parked stream is a difference to mend, not a reason to stop: the other rooms go on."""
        streams = await parking.count(database, projection.name)
        return Check(True, f"{streams} streams parked", {"streams": streams})

    probes = {"database": database_probe(database), "room.events.v1": position.health, "parked": parked}
    return build_app("hallway-projector", settings, lifespan, probes)
