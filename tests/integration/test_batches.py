"""Those who wait for one stream share a transaction, and none of them is any the worse for it."""

import asyncio
from uuid import UUID, uuid4

from services.kit.commands import Request
from services.kit.database import LOST, Database
from services.kit.event_store import BUSY
from services.kit.events import Cause
from tests.integration.reserving import TAKEN, Count, Shelf, all_wait, begun, crowd, outcomes, reserving, seqs


async def transactions(database: Database, stream: UUID) -> int:
    return int(await database.fetchval("select count(distinct xid::text) from events where stream = $1", stream))


async def test_two_hundred_at_once_are_two_transactions_without_a_gap(database: Database) -> None:
    shelf = Shelf()
    store = reserving(database, shelf)
    stream = await begun(store)
    async with crowd(database, store, stream, *range(1, 201)) as tasks:
        pass
    answers = await outcomes(tasks)
    assert (seqs(answers), [each.result["before"] for each in answers]) == (list(range(2, 202)), list(range(1, 201)))
    envelopes, seq = await store.facts(stream, 0, 1000)
    assert [each.version for each in envelopes] == list(range(1, 202))
    assert await reserving(database, Shelf()).state(stream) == (Count(201), seq)
    assert (await transactions(database, stream), list(map(len, shelf.readings))) == (3, [1, 100, 100])


async def test_each_has_its_own_cause(database: Database) -> None:
    store = reserving(database, Shelf())
    stream = await begun(store)
    causes = [Cause(uuid4(), uuid4(), uuid4()) for _ in range(3)]
    async with crowd(database, store, stream):
        tasks = [asyncio.create_task(store.handle(stream, 1 + n, cause)) for n, cause in enumerate(causes)]
        await all_wait(store, 3)
    await outcomes(tasks)
    envelopes, _ = await store.facts(stream, 1, 10)
    assert [Cause(each.actor, each.correlation_id, each.causation_id) for each in envelopes] == causes
    assert await transactions(database, stream) == 2


async def test_a_later_one_sees_what_an_earlier_one_wrote_beside(database: Database) -> None:
    store = reserving(database, Shelf())
    stream = await begun(store)
    async with crowd(database, store, stream, 7, 7, 8) as tasks:
        pass
    answers = await outcomes(tasks)
    assert (answers[1], seqs(answers), await transactions(database, stream)) == (TAKEN, [2, 3], 2)


async def test_a_key_that_was_just_used_elsewhere_hurts_nobody_else(database: Database) -> None:
    here, there = reserving(database, Shelf()), reserving(database, Shelf())
    stream, other = await begun(here), await begun(there)
    key = Request.of("mia", "both", "POST /x", b"")
    async with (
        crowd(database, here, stream, 1, request=key) as tasks,
        crowd(database, there, other, 1, request=key) as more,
    ):
        tasks += [asyncio.create_task(here.handle(stream, number, Cause())) for number in (2, 3, 4)]
        await all_wait(here, 4)
    answers = await outcomes(tasks + more)
    assert sorted(each.repeated for each in answers) == [False] * 4 + [True]
    assert await database.fetchval("select count(*) from events") == 2 + 1 + 3


async def test_whoever_goes_away_once_it_has_begun_takes_nobody_along(database: Database) -> None:
    shelf = Shelf()
    store = reserving(database, shelf)
    stream = await begun(store)
    async with crowd(database, store, stream, 1, 2) as tasks:
        hold = shelf.hold_the_next()
    await shelf.writing.wait()
    tasks[0].cancel()
    await asyncio.wait(tasks[:1])
    hold.set()
    assert seqs([await tasks[1]]) == [3], "and what they asked is done"


async def test_where_each_is_decided_alone_those_who_went_away_are_left_out(database: Database) -> None:
    shelf = Shelf()
    store = reserving(database, shelf, together=False)
    stream = await begun(store)
    async with crowd(database, store, stream, 1, 2, 3) as tasks:
        tasks[0].cancel()
    answers = await outcomes(tasks[1:])
    assert (seqs(answers), shelf.readings) == ([2, 3], [[0], [2], [3]])


async def test_a_lost_connection_is_told_to_all_and_the_next_one_reads_anew(database: Database) -> None:
    shelf = Shelf()
    store = reserving(database, shelf)
    stream = await begun(store)
    async with crowd(database, store, stream, 1, 2, 3) as tasks:
        shelf.hold_the_next()
    await _lose_the_connection(database, shelf)
    assert all(isinstance(each, LOST) for each in await outcomes(tasks))
    assert seqs([await store.handle(stream, 4, Cause())]) == [2]
    assert await store.state(stream) == (Count(2), 2)


async def test_what_is_always_done_is_done_in_its_order_or_fails_in_it(database: Database) -> None:
    """A closed connection after an opened one, never the other way round: when the first fails, it comes again."""
    shelf = Shelf()
    store = reserving(database, shelf, most_at_once=1)
    stream = await begun(store)
    async with crowd(database, store, stream, 1, 2, 3, always=True) as tasks:
        tasks.append(asyncio.create_task(store.handle(stream, 4, Cause())))
        await asyncio.sleep(0)
        shelf.hold_the_next()
    await _lose_the_connection(database, shelf)
    *in_order, whoever = await outcomes(tasks)
    assert all(isinstance(each, LOST) for each in in_order)
    assert seqs([whoever]) == [2], "somebody else's command is not held up by it"


async def test_whoever_waits_at_the_end_is_still_served_and_nobody_else(database: Database) -> None:
    store = reserving(database, Shelf())
    stream = await begun(store)
    async with store:
        tasks = [asyncio.create_task(store.handle(stream, number, Cause())) for number in range(1, 31)]
        await asyncio.sleep(0)
    assert seqs([task.result() for task in tasks]) == list(range(2, 32))
    assert await store.handle(stream, 99, Cause()) == await store.handle(stream, 99, Cause(), always=True) == BUSY


async def _lose_the_connection(database: Database, shelf: Shelf) -> None:
    """While somebody is in the middle of writing."""
    await shelf.writing.wait()
    await database.execute(TERMINATE)
    hold, shelf.hold = shelf.hold, None
    assert hold
    hold.set()


TERMINATE = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'
"""
