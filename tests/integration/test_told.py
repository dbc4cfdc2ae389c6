"""What people are told of a room, through the gateway: what they may, what was done, who has blocked whom."""

import asyncio
from typing import Any

import httpx

from tests.integration.rules import facts, on_stage, refused, three
from tests.people import Person, register
from tests.waiting import until


async def test_the_moderation_log_is_whole_for_moderators_and_without_targets_for_others(
    http: httpx.AsyncClient,
) -> None:
    rick, sarah, cj = await three(http)
    room_id = await rick.open_room("On record")
    for person in (rick, sarah, cj):
        await person.join(room_id)
    await on_stage(rick, sarah, room_id)
    await rick.do("POST", f"/v1/rooms/{room_id}/participants/{sarah.user_id}/mute", {"why": "a dog"})
    await rick.do("DELETE", f"/v1/rooms/{room_id}/participants/{cj.user_id}?why=rude")

    async def log(person: Person) -> list[tuple[str, Any, Any]]:
        entries = (await person.do("GET", f"/v1/rooms/{room_id}/moderation"))["entries"]
        assert all(entry["by"] == str(rick.user_id) for entry in entries)
        return [(entry["action"], entry["user_id"], entry["why"]) for entry in entries]

    s, c = str(sarah.user_id), str(cj.user_id)
    assert await log(rick) == [("invited", s, None), ("muted", s, "a dog"), ("removed", c, "rude")]
    assert await log(sarah) == [("invited", s, None), ("muted", s, "a dog"), ("removed", None, None)]
    assert await log(cj) == [("invited", None, None), ("muted", None, None), ("removed", c, "rude")]


async def test_what_may_i_do_here_and_why_not(http: httpx.AsyncClient) -> None:
    rick, sarah, _ = await three(http)
    room_id = await rick.open_room("May I?", policy={"speak": "invite"})
    await rick.join(room_id)
    before = await sarah.do("GET", f"/v1/rooms/{room_id}/me")
    assert (before["role"], before["seat"], before["may"]["join"]["allowed"]) == (None, None, True)
    await sarah.join(room_id)
    me = await sarah.do("GET", f"/v1/rooms/{room_id}/me?about={rick.user_id}")
    assert me["may"]["speak"]["code"] == me["may"]["raise_hand"]["code"] == "invite_only"
    assert "invites people to the stage" in me["may"]["speak"]["message"]
    assert me["towards"]["mute"]["code"] == "not_moderator"
    assert await refused(sarah.do("PUT", f"/v1/rooms/{room_id}/hand")) == "invite_only"
    host = await rick.do("GET", f"/v1/rooms/{room_id}/me?about={sarah.user_id}")
    assert (host["may"]["speak"]["allowed"], host["towards"]["ban"]["allowed"]) == (True, True)


async def test_the_event_feed_waits_for_what_comes(http: httpx.AsyncClient) -> None:
    rick, sarah, cj = await three(http)
    room_id = await rick.open_room("Long polls")
    await rick.join(room_id)
    joined = await sarah.join(room_id)
    assert await refused(cj.do("GET", f"/v1/rooms/{room_id}/events")) == "not_in_room"
    waiting = asyncio.create_task(sarah.do("GET", f"/v1/rooms/{room_id}/events?after={joined['seq']}&wait=20"))
    done, _ = await asyncio.wait([waiting], timeout=0.5)
    assert not done, "it waits while nothing happens"
    await sarah.do("PUT", f"/v1/rooms/{room_id}/hand")
    feed = await asyncio.wait_for(waiting, 5)
    assert [event["type"] for event in feed["events"]] == ["room.hand_raised.v1"]
    none = await sarah.do("GET", f"/v1/rooms/{room_id}/events?after={feed['seq']}&wait=0.2")
    assert (none["events"], none["seq"]) == ([], feed["seq"])
    await rick.do("POST", f"/v1/rooms/{room_id}/end")
    over = await sarah.do("GET", f"/v1/rooms/{room_id}/events?after={feed['seq']}&wait=20")
    assert over["events"][-1]["type"] == "room.ended.v1"


async def warned(person: Person, room_id: str) -> list[str]:
    me = await person.do("GET", f"/v1/rooms/{room_id}/me")
    return [warning["code"] for warning in me["warnings"]]


async def test_blocks_made_elsewhere_hold_in_the_room(http: httpx.AsyncClient) -> None:
    host, ana = await register(http, "Host"), await register(http, "Ana")
    room_id = await host.open_room("Not on speaking terms", policy={"speak": "open"})
    await host.join(room_id)
    await ana.join(room_id)
    await ana.do("PUT", f"/v1/me/blocks/{host.user_id}")
    await until("Ana is warned", lambda: warned(ana, room_id))
    assert await warned(ana, room_id) == ["blocked_on_stage"]
    assert (
        await refused(host.do("POST", f"/v1/rooms/{room_id}/invitations", {"user_id": str(ana.user_id)})) == "blocked"
    )
    await host.do("PUT", f"/v1/me/blocks/{ana.user_id}")

    async def both() -> bool:
        return len(await warned(ana, room_id)) == 2

    await until("Ana is told that she was blocked, too", both)
    await host.do("PATCH", f"/v1/rooms/{room_id}", {"policy": {"speak": "hand"}})
    await ana.do("PUT", f"/v1/rooms/{room_id}/hand")
    assert (await host.join(room_id))["room"]["hands"] == []
    assert len((await ana.join(room_id))["room"]["hands"]) == 1
    assert not any(fact["type"] == "room.hand_raised.v1" for fact in await facts(host, room_id))
    await host.do("PATCH", f"/v1/rooms/{room_id}", {"policy": {"speak": "open"}})
    await ana.do("PUT", f"/v1/rooms/{room_id}/participants/{ana.user_id}/role", {"role": "SPEAKER"})
    told = [fact for fact in await facts(host, room_id) if fact["type"] == "room.blocked_on_stage.v1"]
    assert [(fact["user_id"], fact["other_id"]) for fact in told] == [(str(ana.user_id), str(host.user_id))]


async def test_a_hand_that_is_up_is_hidden_from_who_blocks_its_owner(http: httpx.AsyncClient) -> None:
    host, ana = await register(http, "Host"), await register(http, "Ana")
    room_id = await host.open_room("A hand is up")
    await host.join(room_id)
    await ana.join(room_id)
    await ana.do("PUT", f"/v1/rooms/{room_id}/hand")
    await host.do("PUT", f"/v1/me/blocks/{ana.user_id}")

    async def hidden() -> bool:
        return not (await host.join(room_id))["room"]["hands"]

    await until("the host does not see it any more", hidden)
    assert (await facts(host, room_id))[-1]["type"] == "room.hand_hidden.v1"
    assert not any("hidden" in fact["type"] for fact in await facts(ana, room_id))
