"""A program that only read the protocol: it joins, offers, speaks and hears, through the gateway."""

import asyncio
import time

import httpx

from hallway.stack import Stack
from tests.media_client import MediaClient
from tests.people import Person, register, sign_in
from tests.sockets import stepped_in
from tests.sounding import offer, sound_of
from tests.waiting import until

FRAGMENT = "application/trickle-ice-sdpfrag"


async def test_a_voice_is_heard_with_its_seat_and_a_listeners_is_not(stack: Stack, http: httpx.AsyncClient) -> None:
    rick, mia = await sign_in(http, "rick"), await register(http, "Mia")
    room_id = await rick.open_room("A program speaks")
    async with (
        stepped_in(stack.url, rick, room_id) as (his, _),
        stepped_in(stack.url, mia, room_id) as (hers, _),
    ):
        speaker, _ = await sound_of(http, room_id, his["tickets"]["media"])
        listener, _ = await sound_of(http, room_id, hers["tickets"]["media"])
        await listener.speak(0.3)
        await speaker.speak(0.5)
        heard = await listener.hears(5)
        assert {each.seat for each in heard} == {his["participant"]["seat"]}
        assert speaker.heard == [], "a listener is not heard, and nobody hears themselves"
        await speaker.close()
        await listener.close()


async def test_one_keeps_the_seat_by_sound_alone(stack: Stack, http: httpx.AsyncClient) -> None:
    """A locked phone loses its socket, not its sound."""
    rick, mia = await sign_in(http, "rick"), await register(http, "Mia")
    room_id = await rick.open_room("A locked phone")
    async with stepped_in(stack.url, rick, room_id) as (_, socket):
        async with stepped_in(stack.url, mia, room_id) as (hers, _):
            phone, _ = await sound_of(http, room_id, hers["tickets"]["media"])
        second = await _refused_elsewhere(mia, room_id)
        assert second == "elsewhere", "her socket is gone, her line is not"
        phone.vanish()

        async def free() -> bool:
            return await _refused_elsewhere(mia, room_id) is None

        await until("her line is gone with its sound", free, seconds=30, pause=0.5)
        assert not [fact for fact in socket.facts if fact["type"] == "room.participant_left.v1"]


async def test_a_session_is_restarted_and_ended_by_its_owner_only(stack: Stack, http: httpx.AsyncClient) -> None:
    rick, mia = await sign_in(http, "rick"), await register(http, "Mia")
    room_id = await rick.open_room("Hanging up")
    joined = await mia.join(room_id)
    ticket = joined["tickets"]["media"]
    client, location = await sound_of(http, room_id, ticket)
    again = await offer(http, room_id, ticket, MediaClient())
    assert (again.status_code, again.json()["code"]) == (401, "invalid_ticket"), "a ticket opens one session"
    assert (await rick.send("DELETE", location)).status_code == 404
    assert (await restart(http, location, rick.token, client.fragment())).status_code == 404
    by_ticket = await restart(http, location, ticket, client.fragment())
    by_token = await restart(http, location, mia.token, client.fragment(), by_ticket.headers["etag"])
    assert [each.status_code for each in (by_ticket, by_token)] == [200, 200]
    late = await restart(http, location, ticket, "a=end-of-candidates\r\n", by_ticket.headers["etag"])
    assert (late.status_code, late.json()["code"]) == (412, "stale")
    candidates = await restart(http, location, ticket, "a=end-of-candidates\r\n", by_token.headers["etag"])
    assert (candidates.status_code, candidates.headers["etag"]) == (204, by_token.headers["etag"])
    await client.restart(by_token.text)
    assert (await http.delete(location, headers={"Authorization": f"Bearer {ticket}"})).status_code == 204

    async def closed() -> bool:
        return client.state == "closed"

    await until("the node has said goodbye", closed)
    gone = await restart(http, location, ticket, client.fragment())
    assert (gone.status_code, gone.json()["code"]) == (404, "not_found")


async def test_an_address_changes_in_the_middle_of_a_sentence_and_sound_is_back_within_two_seconds(
    stack: Stack, http: httpx.AsyncClient
) -> None:
    rick, mia = await sign_in(http, "rick"), await register(http, "Mia")
    room_id = await rick.open_room("On the train")
    his, hers = await rick.join(room_id), await mia.join(room_id)
    speaker, his_place = await sound_of(http, room_id, his["tickets"]["media"])
    listener, her_place = await sound_of(http, room_id, hers["tickets"]["media"])
    sentence = asyncio.create_task(speaker.speak(30))
    await listener.hears(10)
    for client, place, ticket in ((listener, her_place, hers), (speaker, his_place, his)):
        began = time.monotonic()
        await client.move()
        answer = await restart(http, place, ticket["tickets"]["media"], client.fragment())
        await client.restart(answer.text)
        await listener.hears(len(listener.heard) + 10)
        assert time.monotonic() - began < 2
    sentence.cancel()
    assert {one.slot for one in listener.heard} == {0}, "seat and slot stay"
    for client in (speaker, listener):
        await client.close()


async def restart(
    http: httpx.AsyncClient, location: str, token: str, fragment: str, if_match: str = "*"
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": FRAGMENT, "If-Match": if_match}
    return await http.patch(location, content=fragment, headers=headers)


async def _refused_elsewhere(person: Person, room_id: str) -> str | None:
    """The code with which another page load of the same person is refused, if it is."""
    body = {"connection": "00000000-0000-4000-8000-000000000001"}
    response = await person.send("POST", f"/v1/rooms/{room_id}/join", body)
    return None if response.is_success else str(response.json()["code"])
