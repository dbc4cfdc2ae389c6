"""What waits of a stream, tried again: applied in the order of versions, or the stream folded again from the log."""

from typing import Any, TypeVar
from uuid import UUID

from contracts.base import Fact
from services.kit import parking
from services.kit.database import Connection, Database, Record
from services.kit.dead_letters import alone, letters
from services.kit.folding import Folding, facts_of
from services.kit.projection import ReadModel
from services.kit.reactor import Reactor
from services.kit.recipe import Recipe, Row, Table
from services.kit.refold import Refold
from services.kit.replay import Replay

F = TypeVar("F", bound=Fact)
S = TypeVar("S")


async def retry(database: Database, model: ReadModel[F, S], stream: UUID) -> str | None:
    """Apply all that waits and unpark the stream, or change nothing and return why not."""
    folding = Folding(model)
    async with database.transaction() as db:
        await alone(db, model.name)
        kept = await letters(db, stream, model.name)
        steps = folding.sort([letter.record for letter in kept])[0].get(stream, [])
        state = (await model.load(db, facts_of({stream: steps}))).get(stream)
        mended, stop = folding.mend(stream, steps, state)
        if stop:
            return stop.reason
        if mended is not None and mended is not state:
            await model.save(db, {stream: mended})
        await parking.free(db, model.name, stream)
        return None


async def retry_reactor(database: Database, reactor: Reactor[Any], stream: UUID) -> str | None:
    """React to all that waits, which is harmless when it had been reacted to; what is still unreadable stays."""
    reasons = []
    for letter in await letters(database, stream, reactor.name):
        reason = await reactor.again(letter.record)
        if reason:
            reasons.append(f"{letter.place}: {reason}")
        else:
            async with database.transaction() as db:
                await parking.free_one(db, reactor.name, letter.record)
    return "; ".join(reasons) or None


async def refold(database: Database, log: Replay, recipe: Recipe[F, S], stream: UUID) -> str | None:
    """Fold the stream from the beginning of the log and put that in place of its rows. Returns why it stays parked."""
    partition = log.topic.partition_of(stream)
    folded = Refold(log, recipe, partition, (await log.beginnings())[partition], only=stream)
    await folded.advance((await log.ends())[partition])  # ahead of the lock, since it takes its time
    async with database.transaction() as db:
        await alone(db, recipe.name)
        offset = await db.fetchval(OFFSET, recipe.name, recipe.topic.name, partition)
        if offset < folded.at:
            return f"the projection is behind (at {offset} of {folded.at}): try again when it is not"
        await folded.advance(offset)
        for table in recipe.tables:
            rows = list(folded.memory.rows(table, [stream]))
            await _replace(db, table, stream, rows, one=table is recipe.tables[0])
        await parking.free(db, recipe.name, stream)
        stop = folded.replica.parked.get(stream)
        if stop:
            await parking.park(db, recipe.name, stream, stop.reason)
            await parking.bury(db, recipe.name, stream, stop.waiting, stop.reason)
        return stop.reason if stop else None


async def _replace(db: "Connection[Record]", table: Table, stream: UUID, rows: list[Row], one: bool) -> None:
    """`one` row a stream is updated in place: what triggers keep of it follows."""
    if not (one and rows):
        await db.execute(f"delete from {table.name} where {table.stream} = $1", stream)
    numbers = ", ".join(f"${number}" for number in range(1, len(table.columns) + 1))
    update = ", ".join(f"{column} = excluded.{column}" for column in table.columns)
    conflict = f" on conflict ({table.stream}) do update set {update}" if one else ""
    await db.executemany(f"insert into {table.name} ({', '.join(table.columns)}) values ({numbers}){conflict}", rows)


OFFSET = "select next_offset from projection_offsets where projection = $1 and topic = $2 and partition = $3"
