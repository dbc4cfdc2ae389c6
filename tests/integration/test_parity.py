"""On the demo's data the hallway answers what the tutorial's tables and questions do. Differences: decision 0008."""

from collections.abc import AsyncIterator, Iterable
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from hallway.demo import ROOMS, USERS
from hallway.stack import Stack
from services.kit.database import Database
from tests.integration.tutorial import Tutorial
from tests.people import Person, answer_of, everything_live, register, sign_in

DEMO = {str(room.id) for room in ROOMS}
IN_BOTH = ("id", "name", "club_name", "panel_count", "participant_count")


@pytest.fixture
async def tutorial(stack: Stack, database: Database, http: httpx.AsyncClient) -> AsyncIterator[Tutorial]:
    """Once some of the demo's people have come in, and some of them have come to speak."""
    await _some_come_in(http)
    log = await asyncpg.connect(stack.databases.url("rooms"))
    try:
        async with database.acquire() as connection:
            tutorial = Tutorial(connection)
            await tutorial.write(log)
            yield tutorial
    finally:
        await log.close()


async def _some_come_in(http: httpx.AsyncClient) -> None:
    people: dict[str, Person] = {user.username: await sign_in(http, user.username) for user in USERS}
    for number, room in enumerate(ROOMS):
        for user in (USERS[(number + step) % 10] for step in (1, 4, 7)):
            if user.username == room.host:
                continue
            joined = await people[user.username].join(room.id)
            seq = joined["seq"]
            if user.number % 2 and joined["participant"]["role"] == "AUDIENCE":
                await people[room.host].do("POST", f"/v1/rooms/{room.id}/invitations", {"user_id": str(user.id)})
                answer = {"answer": "accepted"}
                seq = (await people[user.username].do("PUT", f"/v1/rooms/{room.id}/invitations/me", answer))["seq"]
            answer_of(await http.get(f"/v1/rooms/{room.id}?min_seq={seq}"))


async def test_the_list_is_the_tutorials_for_everybody_and_for_each_of_the_demos_people(
    http: httpx.AsyncClient, tutorial: Tutorial
) -> None:
    for follower in (None, *(user.id for user in USERS)):
        theirs = await tutorial.rooms(follower)
        filters = {} if follower is None else {"userId": str(follower)}
        ours = [card for card in await everything_live(http, **filters) if card["id"] in DEMO]
        assert [_shared(card) for card in ours] == [_shared(card) for card in theirs]
        assert [_people(card["panel"]) for card in ours] == [_people(card["panel"]) for card in theirs]
        assert follower is not None or len(ours) == 12


async def test_a_room_is_the_tutorials(http: httpx.AsyncClient, tutorial: Tutorial) -> None:
    for room in ROOMS:
        ours, theirs = answer_of(await http.get(f"/rooms/{room.id}"))["room"], await tutorial.room(room.id)
        for name in ("id", "name", "club_name"):
            assert ours[name] == theirs[name]
        for name in ("panel", "audience"):
            assert _people(ours[name]) == _people(theirs[name])


async def test_a_room_that_everybody_left_is_listed_and_who_joins_listens(http: httpx.AsyncClient) -> None:
    """Where we differ on purpose."""
    host, listener = await register(http, "Host"), await register(http, "Listener")
    room_id = await host.open_room("Empty soon")
    joined = await listener.join(room_id)
    assert joined["participant"]["role"] == "AUDIENCE"
    planned = await host.do("GET", f"/v1/rooms?min_seq={room_id}:{joined['seq']}")
    assert UUID(room_id) in [UUID(card["id"]) for card in planned["rooms"]]


def _shared(card: dict[str, Any]) -> dict[str, Any]:
    return {name: card[name] for name in IN_BOTH}


def _people(people: Iterable[dict[str, Any]]) -> set[tuple[str, str, str]]:
    """In no order: the tutorial's is whatever the database returns first."""
    return {(each["user_id"], each["role"], each["name"]) for each in people}
