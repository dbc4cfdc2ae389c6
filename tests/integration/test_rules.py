"""The rules of a grown room, through the gateway: planned, private, moderated; what one may do, and what was done."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from hallway.stack import Stack
from tests.people import Person, Refusal, guest, operator, register, sign_in
from tests.sockets import stepped_in
from tests.waiting import until


async def refused(doing: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await doing
    return refusal.value.code


async def three(http: httpx.AsyncClient) -> tuple[Person, Person, Person]:
    rick, sarah, cj = [await sign_in(http, name) for name in ("rick", "sarah", "cj")]
    return rick, sarah, cj


async def on_stage(host: Person, person: Person, room_id: str) -> None:
    await host.do("POST", f"/v1/rooms/{room_id}/invitations", {"user_id": str(person.user_id)})
    await person.do("PUT", f"/v1/rooms/{room_id}/invitations/me", {"answer": "accepted"})


async def facts(person: Person, room_id: str, after: int = 0) -> list[dict[str, Any]]:
    feed = await person.do("GET", f"/v1/rooms/{room_id}/events?after={after}")
    return [{"type": event["type"], **event["data"]} for event in feed["events"]]


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
    await until("it opens by itself", lambda: _gets_in(sarah, came, "room_not_open"))
    host = await rick.join(came)
    assert (host["participant"]["role"], host["room"]["host_id"]) == ("HOST", str(rick.user_id))
    assert host["room"]["hostless_until"] is None

    async def over() -> bool:
        return bool((await sarah.do("GET", f"/v1/rooms/{missed}/summary"))["ended"] == "no_host")

    await until("the one without ends again", over, 20)
    assert (await rick.do("GET", f"/v1/rooms/{came}/summary"))["ended"] is None


async def test_a_private_room_is_entered_by_name_or_by_link(http: httpx.AsyncClient) -> None:
    rick, sarah, cj = await three(http)
    room_id = await rick.open_room("Behind a door", policy={"enter": "private"})
    await rick.join(room_id)
    assert await refused(sarah.join(room_id)) == "private"
    await rick.do("POST", f"/v1/rooms/{room_id}/invitations", {"user_id": str(sarah.user_id)})
    answer = await sarah.join(room_id)
    (seat,) = answer["room"]["audience"]
    assert seat["invited_by"] == str(rick.user_id)
    made = await rick.do("POST", f"/v1/rooms/{room_id}/links", {"lasts_seconds": 3600})
    assert (await rick.do("GET", f"/v1/rooms/{room_id}/links"))["links"][0]["link"] == made["link"]
    assert await refused(sarah.do("GET", f"/v1/rooms/{room_id}/links")) == "not_moderator"
    with_link = {"connection": str(cj.connection), "link": made["link"]}
    other = {**with_link, "link": made["link"][:-1] + ("0" if made["link"][-1] != "0" else "1")}
    assert await refused(cj.do("POST", f"/v1/rooms/{room_id}/join", other)) == "private"
    await cj.do("POST", f"/v1/rooms/{room_id}/join", with_link)
    await rick.do("DELETE", f"/v1/rooms/{room_id}/links/{made['link_id']}")
    stranger = await register(http, "Stranger")
    again = {"connection": str(stranger.connection), "link": made["link"]}
    assert await refused(stranger.do("POST", f"/v1/rooms/{room_id}/join", again)) == "private"
    await cj.do("POST", f"/v1/rooms/{room_id}/leave")
    assert (await cj.join(room_id))["participant"]["role"] == "AUDIENCE", "who was in comes back"
    assert "link" not in str([fact for fact in await facts(cj, room_id) if "link" in fact["type"]])


async def test_a_banned_guest_does_not_come_back_on_the_same_device(http: httpx.AsyncClient) -> None:
    rick = await sign_in(http, "rick")
    room_id = await rick.open_room("No shouting")
    await rick.join(room_id)
    listener = await guest(http)
    await listener.join(room_id)
    await rick.do("PUT", f"/v1/rooms/{room_id}/bans/{listener.user_id}", {"why": "shouting"})
    assert await refused(listener.join(room_id)) == "banned"
    await rick.do("DELETE", f"/v1/rooms/{room_id}/bans/{listener.user_id}?why=sorry")
    await listener.join(room_id)


async def test_a_banned_person_is_told_by_whom_and_why_and_their_socket_closes(
    stack: Stack, http: httpx.AsyncClient
) -> None:
    rick, sarah, cj = await three(http)
    room_id = await rick.open_room("Banned")
    await rick.join(room_id)
    await cj.join(room_id)
    async with stepped_in(stack.url, sarah, room_id) as (_, socket):
        await rick.do("PUT", f"/v1/rooms/{room_id}/bans/{sarah.user_id}", {"why": "shouting"})
        told = await socket.gets_fact("room.participant_banned.v1")
        assert (told["data"]["by"], told["data"]["why"]) == (str(rick.user_id), "shouting")
    assert await refused(sarah.join(room_id)) == "banned"
    seen = await facts(cj, room_id)
    assert not any("banned" in fact["type"] for fact in seen)
    assert [fact["reason"] for fact in seen if fact["type"] == "room.participant_left.v1"] == ["left"]


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


async def test_a_room_for_members_lets_followers_of_its_club_in(http: httpx.AsyncClient) -> None:
    rick, sarah, cj = await three(http)
    club = await rick.do("POST", "/v1/clubs", {"name": f"Club {uuid4().hex[:8]}", "topic": "Science"})
    await sarah.do("PUT", f"/v1/clubs/{club['id']}/followers/me")
    room_id = await rick.open_room("Members", club_id=club["id"], policy={"enter": "club"})
    await until("rooms has heard that Sarah follows it", lambda: _gets_in(sarah, room_id))
    assert await refused(cj.join(room_id)) == "club_only"


async def _gets_in(person: Person, room_id: str, not_yet: str = "club_only") -> bool:
    """Whether they do; the only other answer is `not_yet`."""
    answer = await person.send("POST", f"/v1/rooms/{room_id}/join", {"connection": str(person.connection)})
    assert answer.is_success or answer.json()["code"] == not_yet, answer.text
    return answer.is_success


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


async def test_an_operator_ends_any_room(http: httpx.AsyncClient) -> None:
    host, on_duty = await register(http, "Host"), await operator(http)
    room_id = await host.open_room("Nothing good")
    await on_duty.do("POST", f"/v1/rooms/{room_id}/end", {"why": "spam"})
    log = await host.do("GET", f"/v1/rooms/{room_id}/moderation")
    assert [(entry["action"], entry["by"], entry["why"]) for entry in log["entries"]] == [
        ("ended", str(on_duty.user_id), "spam")
    ]
    assert (await host.do("GET", f"/v1/rooms/{room_id}/summary"))["ended"] == "operator"
