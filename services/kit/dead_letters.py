"""Records that could not be applied, as an operator sees them."""

from services.kit.database import Database


async def passed_over(database: Database, projection: str) -> set[tuple[int, int]]:
    """(partition, offset) of records that an operator has dropped."""
    return {(row["partition"], row["offset"]) for row in await database.fetch(DROPPED, projection)}


DROPPED = 'select partition, "offset" from dropped_letters where projection = $1'
