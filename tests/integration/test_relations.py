"""Following and blocking, over the public API."""

from typing import Any
from uuid import UUID

import asyncpg
import httpx

from hallway.stack import Stack
from tests.people import Person, guest, register

FACTS = "select type from events where stream = $1 order by version"


async def blocked(person: Person) -> list[str]:
    """Ids, page by page."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await person.do("GET", f"/v1/me/blocks?limit=2{f'&cursor={cursor}' if cursor else ''}")
        found += [user["id"] for user in page["users"]]
        cursor = page["next_cursor"]
    return found


async def refused(person: Person, method: str, path: str) -> tuple[int, str]:
    problem: dict[str, Any] = (await person.send(method, path)).json()
    return problem["status"], problem["code"]


async def facts(stack: Stack, person: Person) -> list[str]:
    db = await asyncpg.connect(stack.databases.url("directory"))
    try:
        return [row["type"] for row in await db.fetch(FACTS, person.user_id)]
    finally:
        await db.close()


async def test_a_block_ends_following_and_keeps_the_other_from_it(stack: Stack, http: httpx.AsyncClient) -> None:
    alice, bob = await register(http, "Alice"), await register(http, "Bob")
    bobs, alices = f"/v1/me/blocks/{bob.user_id}", f"/v1/me/following/{alice.user_id}"
    await alice.do("PUT", f"/v1/me/following/{bob.user_id}")
    assert await alice.do("PUT", bobs) == {"seq": 4, "blocked": True}
    assert await alice.do("PUT", bobs) == {"seq": 4, "blocked": True}, "again changes nothing"
    assert await facts(stack, alice) == [
        "user.registered.v1",
        "user.followed.v1",
        "user.blocked.v1",
        "user.unfollowed.v1",
    ]
    assert await refused(alice, "PUT", f"/v1/me/following/{bob.user_id}") == (403, "blocked")
    assert await refused(bob, "PUT", alices) == (403, "blocked")
    assert await alice.do("DELETE", bobs) == {"seq": 5, "blocked": False}
    assert (await bob.do("PUT", alices))["following"] is True


async def test_whom_i_have_blocked_is_listed_by_pages_the_latest_first(http: httpx.AsyncClient) -> None:
    alice, others = await register(http, "Alice"), [await register(http, f"Number {n}") for n in range(5)]
    for other in others:
        await alice.do("PUT", f"/v1/me/blocks/{other.user_id}")
    assert await blocked(alice) == [str(other.user_id) for other in reversed(others)]
    await alice.do("DELETE", f"/v1/me/blocks/{others[2].user_id}")
    assert len(await blocked(alice)) == 4
    assert await blocked(others[0]) == [], "nobody sees who has blocked them"


async def test_nobody_blocks_themselves_nor_who_is_not_here_and_guests_block_nobody(http: httpx.AsyncClient) -> None:
    alice, visitor = await register(http, "Alice"), await guest(http)
    assert await refused(alice, "PUT", f"/v1/me/blocks/{alice.user_id}") == (403, "not_allowed")
    for method in ("PUT", "DELETE"):
        assert await refused(alice, method, f"/v1/me/blocks/{UUID(int=7)}") == (404, "user_unknown")
    assert await refused(visitor, "PUT", f"/v1/me/blocks/{alice.user_id}") == (403, "guests_listen")
    assert await refused(visitor, "GET", "/v1/me/blocks") == (403, "guests_listen")
