"""`GET /v1/rooms?at=`: the hallway as it was."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from hallway.stack import Stack
from tests.operators import differences
from tests.people import Refusal, answer_of, register, sign_in


async def hallway_at(http: httpx.AsyncClient, at: datetime, **more: Any) -> list[dict[str, Any]]:
    """All pages."""
    cards: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        params = {"at": at.isoformat(), "limit": 3, **more, **({"cursor": cursor} if cursor else {})}
        page = answer_of(await http.get("/v1/rooms", params=params))
        cards += page["rooms"]
        cursor = page["next_cursor"]
    return cards


async def test_the_hallway_as_it_was_between_two_things(stack: Stack, http: httpx.AsyncClient) -> None:
    rick, sarah = await sign_in(http, "rick"), await register(http, "Sarah")
    before = datetime.now(UTC)
    rooms = [await rick.open_room(f"Then {number}") for number in range(4)]
    await sarah.join(rooms[0])
    then = datetime.now(UTC)
    await rick.do("PATCH", f"/v1/rooms/{rooms[0]}", {"name": "Now"})
    ended = await rick.do("POST", f"/v1/rooms/{rooms[1]}/end")
    await rick.send("GET", f"/v1/rooms/{rooms[1]}?min_seq={ended['seq']}")
    cards = {card["id"]: card for card in await hallway_at(http, then)}
    assert set(rooms) <= set(cards)
    first = cards[rooms[0]]
    assert (first["name"], first["participant_count"], first["panel_count"]) == ("Then 0", 2, 1)
    assert first["host"]["name"] == "Rick Sanchez"
    assert cards[rooms[1]]["state"] == "live"
    now = {card["id"]: card for card in await hallway_at(http, datetime.now(UTC))}
    assert rooms[1] not in now
    assert now[rooms[0]]["name"] == "Now"
    assert not set(rooms) & {card["id"] for card in await hallway_at(http, before)}
    assert await differences(stack, {*map(UUID, rooms)}) == []


async def test_a_private_room_is_shown_to_those_who_were_in_it(http: httpx.AsyncClient) -> None:
    rick, sarah = await sign_in(http, "rick"), await register(http, "Sarah")
    room = await rick.open_room("Between us", policy={"enter": "private"})
    await rick.do("GET", f"/v1/rooms/{room}?min_seq=1")
    then = datetime.now(UTC)

    async def seen_by(headers: dict[str, str]) -> bool:
        page = answer_of(await http.get("/v1/rooms", params={"at": then.isoformat()}, headers=headers))
        return room in {card["id"] for card in page["rooms"]}

    assert await seen_by({"Authorization": f"Bearer {rick.token}"})
    assert not await seen_by({"Authorization": f"Bearer {sarah.token}"})
    assert not await seen_by({})


@pytest.mark.parametrize(
    "params",
    [
        {"at": "yesterday"},
        {"at": "2026-01-01T00:00:00"},
        {"at": (datetime.now(UTC) + timedelta(days=1)).isoformat()},
        {"at": "2026-01-01T00:00:00Z", "state": "scheduled"},
        {"at": "2026-01-01T00:00:00Z", "cursor": "nonsense"},
    ],
)
async def test_what_cannot_be_told_is_refused(http: httpx.AsyncClient, params: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        answer_of(await http.get("/v1/rooms", params=params))
    assert (refused.value.status, refused.value.code) == (400, "invalid_input")
