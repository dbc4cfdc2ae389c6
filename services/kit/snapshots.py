"""States remembered in the database: a long stream is folded from there on. Deleting them changes nothing but time."""

from typing import TypeVar
from uuid import UUID

import structlog

from services.kit.aggregate import Snapshots
from services.kit.database import Connection, Database, Record

log = structlog.get_logger()
S = TypeVar("S")


async def remembered(db: "Connection[Record]", snapshots: Snapshots[S], stream: UUID) -> tuple[S, int] | None:
    """The state and its version. None for one that was folded otherwise, or that the log does not know."""
    row = await db.fetchrow(FIND, stream, snapshots.fold_version)
    if row is None:
        return None
    try:
        return snapshots.load(stream, row["state"]), row["version"]
    except ValueError as error:
        log.error("snapshot not taken", stream=str(stream), version=row["version"], error=str(error))
        return None


async def remember(database: Database, snapshots: Snapshots[S], stream: UUID, state: S, version: int) -> None:
    """Unless a later one is there."""
    await database.execute(KEEP, stream, version, snapshots.fold_version, snapshots.dump(state))


FIND = """
select version, state from snapshots s where stream = $1 and fold_version = $2
    and exists (select from events e where e.stream = s.stream and e.version = s.version)
"""
KEEP = """
insert into snapshots (stream, version, fold_version, state) values ($1, $2, $3, $4)
on conflict (stream) do update set version = excluded.version, fold_version = excluded.fold_version,
    state = excluded.state, at = now()
where (excluded.fold_version, excluded.version) > (snapshots.fold_version, snapshots.version)
"""
