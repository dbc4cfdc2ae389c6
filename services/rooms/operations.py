"""What operators do with what rooms reads. Run: python -m services.rooms.operations retry <consumer> <stream>"""

import os
from uuid import UUID

import typer

from services.kit import logs
from services.kit.database import Database
from services.kit.event_store import EventStore
from services.kit.ids import now
from services.kit.retry import retry, retry_reactor
from services.kit.retrying import retrying
from services.rooms.beside import RoomStore, aggregate
from services.rooms.clubs import ClubModel
from services.rooms.consumers import PRESENCE, presence
from services.rooms.people import PEOPLE, people
from services.rooms.settings import TimesSettings

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def configure() -> None:
    """What rooms reads of others' facts."""
    logs.configure("rooms", os.environ.get("LOG_LEVEL", "WARNING"))


async def _clubs(database: Database, stream: UUID) -> str | None:
    return await retry(database, ClubModel(), stream)


async def _presence(database: Database, stream: UUID) -> str | None:
    async with _store(database) as store:
        return await retry_reactor(database, presence(database, store, now), stream)


async def _people(database: Database, stream: UUID) -> str | None:
    async with _store(database) as store:
        return await retry_reactor(database, people(database, store, now), stream)


def _store(database: Database) -> RoomStore:
    return EventStore(database, aggregate(TimesSettings().times))


retrying(app, {ClubModel.name: _clubs, PRESENCE: _presence, PEOPLE: _people})

if __name__ == "__main__":
    app()
