"""A room's life through the gateway: planned, opened, changed, handed over, ended."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from hallway.stack import Stack
from tests.integration.rules import gets_in, on_stage, refused, three
from tests.people import operator, register, sign_in
from tests.waiting import until


async def test_a_planned_room_is_opened_by_its_host(http: httpx.AsyncClient) -> None:
    rick, sarah, _ = await three(http)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    room_id = await rick.open_room("Tomorrow", scheduled_for=tomorrow.isoformat())
    assert await refused(sarah.join(room_id)) == "room_not_open"
    assert await refused(sarah.do("POST", f"/v1/rooms/{room_id}/open")) == "not_host"
    later = (tomorrow + timedelta(hours=1)).isoformat()
    await rick.do("PATCH", f"/v1/rooms/{room_id}", {"name": "Tomorrow, later", "scheduled_for": later})
    await rick.do("POST", f"/v1/rooms/{room_id}/open")
    host = await rick.join(room_id)
    assert (host["participant"]["role"], host["room"]["name"]) == ("HOST", "Tomorrow, later")
    assert (await sarah.join(room_id))["participant"]["role"] == "AUDIENCE"
    assert await refused(rick.do("PATCH", f"/v1/rooms/{room_id}", {"scheduled_for": later})) == "already_open"


async def test_or_cancelled_by_them(http: httpx.AsyncClient) -> None:
    rick = await sign_in(http, "rick")
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    room_id = await rick.open_room("Never", scheduled_for=tomorrow)
    await rick.do("POST", f"/v1/rooms/{room_id}/end")
    assert (await rick.do("GET", f"/v1/rooms/{room_id}/summary"))["ended"] == "cancelled"
    past = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    assert await refused(rick.open_room("Yesterday", scheduled_for=past)) == "invalid_input"


@pytest.fixture
async def impatient(stack: Stack) -> Any:
    await stack.restart("rooms", {"HOST_AWAITED_SECONDS": "5"})
    yield stack
    await stack.restart("rooms", {"HOST_AWAITED_SECONDS": "900"})


async def test_it_opens_by_itself_and_waits_for_its_host(impatient: Stack, http: httpx.AsyncClient) -> None:
    rick, sarah, _ = await three(http)
    soon = (datetime.now(UTC) + timedelta(seconds=1.5)).isoformat()
    came = await rick.open_room("Soon, with a host", scheduled_for=soon)
    missed = await sarah.open_room("Soon, without one", scheduled_for=soon)
    await until("it opens by itself", lambda: gets_in(sarah, came, "room_not_open"))
    host = await rick.join(came)
    assert (host["participant"]["role"], host["room"]["host_id"]) == ("HOST", str(rick.user_id))
    assert host["room"]["hostless_until"] is None

    async def over() -> bool:
        return bool((await sarah.do("GET", f"/v1/rooms/{missed}/summary"))["ended"] == "no_host")

    await until("the one without ends again", over, 20)
    assert (await rick.do("GET", f"/v1/rooms/{came}/summary"))["ended"] is None


async def test_a_host_who_leaves_says_who_gets_the_keys(http: httpx.AsyncClient) -> None:
    rick, sarah, _ = await three(http)
    room_id = await rick.open_room("The keys")
    await rick.join(room_id)
    await sarah.join(room_id)
    await on_stage(rick, sarah, room_id)
    assert await refused(rick.do("POST", f"/v1/rooms/{room_id}/leave")) == "keys_needed"
    await rick.do("POST", f"/v1/rooms/{room_id}/leave", {"keys_to": str(sarah.user_id)})
    assert (await sarah.join(room_id))["room"]["host_id"] == str(sarah.user_id)
    await sarah.do("POST", f"/v1/rooms/{room_id}/leave")
    summary = await rick.do("GET", f"/v1/rooms/{room_id}/summary")
    assert (summary["ended"], summary["joins"], summary["peak"]) == ("ended", 2, 2)
    assert set(summary["speaker_ids"]) == {str(rick.user_id), str(sarah.user_id)}


async def test_the_policy_changes_what_people_may(http: httpx.AsyncClient) -> None:
    rick, sarah, cj = await three(http)
    room_id = await rick.open_room("As you like it", policy={"max_people": 2})
    await rick.join(room_id)
    await sarah.join(room_id)
    assert await refused(cj.join(room_id)) == "room_full"
    await rick.do("PATCH", f"/v1/rooms/{room_id}", {"policy": {"max_people": None, "speak": "open"}})
    await cj.join(room_id)
    path = f"/v1/rooms/{room_id}/participants/{cj.user_id}/role"
    await cj.do("PUT", path, {"role": "SPEAKER"})
    assert await refused(sarah.do("PATCH", f"/v1/rooms/{room_id}", {"name": "Mine"})) == "not_host"
    assert await refused(rick.do("PATCH", f"/v1/rooms/{room_id}", {})) == "invalid_input"
    nobody = {"name": "For members", "policy": {"enter": "club"}}
    assert await refused(rick.do("POST", "/v1/rooms", nobody, key=str(uuid4()))) == "invalid_input"


async def test_an_operator_ends_any_room(http: httpx.AsyncClient) -> None:
    host, on_duty = await register(http, "Host"), await operator(http)
    room_id = await host.open_room("Nothing good")
    await on_duty.do("POST", f"/v1/rooms/{room_id}/end", {"why": "spam"})
    log = await host.do("GET", f"/v1/rooms/{room_id}/moderation")
    assert [(entry["action"], entry["by"], entry["why"]) for entry in log["entries"]] == [
        ("ended", str(on_duty.user_id), "spam")
    ]
    assert (await host.do("GET", f"/v1/rooms/{room_id}/summary"))["ended"] == "operator"
