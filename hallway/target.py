"""Where operators' commands go: the stack that runs here, or servers of one's own."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import typer

from hallway import secrets_file, state
from hallway.layout import Layout
from hallway.parts.databases import DATABASES, Databases
from hallway.trouble import NothingRuns
from services.kit.database import Database


@dataclass(frozen=True)
class Target:
    kafka: str
    databases: Databases

    @classmethod
    def of_environment(cls) -> "Target":
        """What `hallway up` runs; DATABASE_URL and KAFKA_BOOTSTRAP replace its parts. Raises `NothingRuns`."""
        layout = Layout.of_environment()
        kafka, url = os.environ.get("KAFKA_BOOTSTRAP"), os.environ.get("DATABASE_URL")
        document = state.read(layout.state)
        if document is None and not (kafka and url):
            raise NothingRuns
        ports = document["ports"] if document else {}
        secrets = secrets_file.load(layout.secrets)
        own = f"postgresql://postgres:{secrets['postgres']}@127.0.0.1:{ports.get('postgres')}/postgres"
        return cls(kafka or f"127.0.0.1:{ports.get('kafka')}", Databases(url or own, secrets))

    def env(self, service: str) -> dict[str, str]:
        """What a process of this service's code needs to get at its database and at Kafka."""
        return {"DATABASE_URL": self.databases.url(service), "KAFKA_BOOTSTRAP": self.kafka}


def target() -> Target:
    """For a command: without one it says so and ends."""
    try:
        return Target.of_environment()
    except NothingRuns as nothing:
        typer.echo(str(nothing))
        raise typer.Exit(1) from None


@asynccontextmanager
async def databases(where: Target) -> AsyncIterator[dict[str, Database]]:
    """Of every service, by its name."""
    async with AsyncExitStack() as opened:
        yield {
            name: await opened.enter_async_context(Database(where.databases.url(name), "operator", 1))
            for name in DATABASES
        }
