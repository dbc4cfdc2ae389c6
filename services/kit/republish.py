"""A service's facts sent once more, from its `events` table: for a topic that lost some. Readers drop what they had.

It goes up to where the relay stands and no further: what is new is the relay's, which goes on meanwhile. On a topic
that has nothing any more a reader may so see new facts of a stream before its old ones; that parks the stream until
it is retried, or the read model is rebuilt.
"""

from collections.abc import Callable

from services.kit.contiguity import Contiguity
from services.kit.database import Database
from services.kit.progress import Progress
from services.kit.relay import producing, send

ROUND = 2000  # facts


async def republish(database: Database, bootstrap: str, relay: str, tell: Callable[[str], None]) -> int:
    """How many facts were sent."""
    session = await database.dedicated()
    try:
        await session.execute("set transaction_timeout = 0")  # counting takes its time, and holds up nobody
        upto = await session.fetchrow(CURSOR, relay)
        if upto is None:
            return 0
        total = await session.fetchval(COUNT, upto["xid"], upto["pos"])
        progress = Progress("republishing", total, tell)
        async with producing(bootstrap) as kafka:
            contiguity, xid, pos = Contiguity(), "0", 0
            while rows := await session.fetch(NEXT, xid, pos, upto["xid"], upto["pos"], ROUND):
                contiguity.expect(rows)
                await send(kafka, rows)
                xid, pos = rows[-1]["xid"], rows[-1]["pos"]
                progress.add(len(rows))
        tell(progress.line())
        return progress.done
    finally:
        session.terminate()


CURSOR = "select xid::text, pos from relay_cursor where name = $1"
COUNT = "select count(*) from events e where (e.xid, e.pos) <= ($1::text::xid8, $2)"
NEXT = """
select e.xid::text, e.pos, e.id, e.stream, e.version, e.type, e.data, e.meta, e.at from events e
where (e.xid, e.pos) > ($1::text::xid8, $2) and (e.xid, e.pos) <= ($3::text::xid8, $4)
order by e.xid, e.pos limit $5
"""
