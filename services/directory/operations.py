"""What operators do with what directory reads. Run: python -m services.directory.operations --help"""

from uuid import UUID

from services.directory.departures import DEPARTURES, departures
from services.directory.projections.memory import HALLWAY
from services.directory.tables.clubs import CLUBS
from services.kit.database import Database
from services.kit.event_store import EventStore
from services.kit.operating import door
from services.kit.retry import retry_reactor


async def _departures(database: Database, stream: UUID) -> str | None:
    async with EventStore(database, CLUBS) as clubs:
        return await retry_reactor(database, departures(database, clubs), stream)


app = door(HALLWAY, {DEPARTURES: _departures})

if __name__ == "__main__":
    app()
