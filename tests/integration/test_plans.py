"""Over 50,000 live rooms no list reads them all: how Postgres goes about each question that the hallway asks."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import asyncpg
import orjson
import pytest

from contracts.topics import TOPICS
from hallway.stack import Stack
from services.directory.queries import for_you, ranked, rooms, search
from services.directory.queries.listing import Filter, blocks_of
from services.kit.database import Database, Record
from services.kit.migrations import migrate
from tests.integration.many_rooms import ROOMS, club, fill, person

NAME = "hallway_plans"
LARGE = {"room_card", "participants", "room_search", "user_follows"}
MOST_READ = 15_000  # rows in any one step


class Watched(Database):
    """Remembers what it was asked."""

    asked: list[tuple[str, tuple[object, ...]]]

    async def fetch(self, sql: str, *args: object) -> Any:
        self.asked.append((sql, args))
        return await super().fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: object) -> Record | None:
        self.asked.append((sql, args))
        return await super().fetchrow(sql, *args)


@pytest.fixture(scope="module")
async def hallway(stack: Stack) -> AsyncIterator[Watched]:
    admin = await asyncpg.connect(stack.databases.admin_url)
    await admin.execute(f"create database {NAME}")
    url = urlunsplit(urlsplit(stack.databases.admin_url)._replace(path=f"/{NAME}"))
    try:
        await migrate(url, "services.directory")
        await fill(url)
        async with Watched(url, "plans") as database:
            yield database
    finally:
        await admin.execute(f"drop database if exists {NAME} with (force)")
        await admin.close()


ME = person(1)
ME_AND_BLOCKS = Filter(ME, blocked=frozenset(person(15_000 + n) for n in range(100)))
TOPIC = list(TOPICS)[1]

Ask = Callable[[Database], Awaitable[object]]


def page(wanted: Filter, cursor: str | None = None) -> Ask:
    return lambda database: rooms.page(database, wanted, 100, cursor)


def searched(text: str, wanted: Filter) -> Ask:
    async def found(database: Database) -> list[UUID]:
        return await search.rooms(database, text, wanted.states)

    return lambda database: ranked.page(database, wanted, lambda: found(database), 20, None)


QUESTIONS: dict[str, Ask] = {
    "newest": page(Filter()),
    "newest, somebody with blocks": page(ME_AND_BLOCKS),
    "live and planned": page(Filter(states=("live", "scheduled"))),
    "planned": page(Filter(states=("scheduled",))),
    "of followed clubs": page(Filter(follower_id=ME)),
    "of a club": page(Filter(club_id=club(7))),
    "past rooms of a club": page(Filter(club_id=club(7), states=("ended",))),
    "on a topic": page(Filter(topic_id=TOPIC)),
    "a name": searched("jnnbob", Filter()),
    "a name typed badly": searched("jnnobb", ME_AND_BLOCKS),
    "a club": searched("club", Filter()),
    "for anybody": lambda database: for_you.page(database, Filter(), 100, None, None, datetime.now(UTC)),
    "for somebody who follows 5,000": lambda database: for_you.page(
        database, ME_AND_BLOCKS, 100, None, None, datetime.now(UTC)
    ),
    "blocks": lambda database: blocks_of(database, ME),
}


@pytest.mark.parametrize("question", QUESTIONS)
async def test_no_question_reads_all_rooms(hallway: Watched, question: str) -> None:
    hallway.asked = []
    await QUESTIONS[question](hallway)
    assert hallway.asked
    for sql, args in list(hallway.asked):
        plan = await hallway.fetchval(f"explain (analyze, format json) {sql}", *args)
        wrong = [step for step in _steps(orjson.loads(plan)[0]["Plan"]) if _reads_much(step)]
        assert not wrong, f"{wrong} in {sql}"


async def test_the_hallway_is_as_large_as_it_should_be(hallway: Watched) -> None:
    assert await hallway.fetchval("select count(*) from room_card where state = 'live'") == ROOMS


def _steps(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(step for child in plan.get("Plans", ()) for step in _steps(child))]


def _reads_much(step: dict[str, Any]) -> bool:
    """All of a large table, or more of it than a page could need."""
    if step.get("Relation Name") not in LARGE:
        return False
    read = (step["Actual Rows"] + step.get("Rows Removed by Filter", 0)) * step["Actual Loops"]
    return bool(step["Node Type"].endswith("Seq Scan") or read > MOST_READ)
