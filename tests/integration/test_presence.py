"""Seats, connections and grace: never a ghost, never a seat lost that was held."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest

from hallway.stack import Stack
from tests.people import Person, Refusal, answer_of, guest, register, sign_in
from tests.sockets import room_socket, stepped_in
from tests.waiting import until

GRACE_SECONDS = 4


@pytest.fixture(scope="module")
async def impatient(stack: Stack) -> AsyncIterator[Stack]:
    await stack.restart("rooms", {"GRACE_SECONDS": str(GRACE_SECONDS)})
    yield stack
    await stack.restart("rooms", {"GRACE_SECONDS": "600"})


async def people_in(http: httpx.AsyncClient, room_id: str) -> dict[str, dict[str, Any]]:
    room = (await http.get(f"/v1/rooms/{room_id}")).json()["room"]
    return {person["user_id"]: person for person in room["panel"] + room["audience"]}


async def gone(http: httpx.AsyncClient, room_id: str, person: Person, seconds: float = 30) -> None:
    async def left() -> bool:
        return str(person.user_id) not in await people_in(http, room_id)

    await until(f"{person.name} is gone", left, seconds)


async def test_who_joins_and_never_connects_is_no_ghost(impatient: Stack, http: httpx.AsyncClient) -> None:
    rick, sarah = await sign_in(http, "rick"), await sign_in(http, "sarah")
    room_id = await rick.open_room("No ghosts")
    async with stepped_in(impatient.url, rick, room_id) as (_, socket):
        await sarah.join(room_id)
        left = await socket.gets_fact("room.participant_left.v1", seconds=20)
        assert (left["data"]["user_id"], left["data"]["reason"]) == (str(sarah.user_id), "lost")
        await gone(http, room_id, sarah)


async def test_a_seat_is_kept_over_a_lost_connection_with_role_and_hand(
    impatient: Stack, http: httpx.AsyncClient
) -> None:
    rick, sarah = await sign_in(http, "rick"), await sign_in(http, "sarah")
    room_id = await rick.open_room("Kept seats")
    async with stepped_in(impatient.url, rick, room_id):
        async with stepped_in(impatient.url, sarah, room_id) as (first, _):
            await sarah.do("PUT", f"/v1/rooms/{room_id}/hand")
        sarah = await sign_in(http, "sarah")  # a reload: another connection
        back = await until("the seat is free to take", lambda: _joined(sarah, room_id))
        assert back["participant"]["seat"] == first["participant"]["seat"]
        assert back["participant"]["connection_no"] > first["participant"]["connection_no"]
        assert [hand["user_id"] for hand in back["room"]["hands"]] == [str(sarah.user_id)]
        async with room_socket(impatient.url, room_id, back["tickets"]["signal"]) as socket:
            await socket.gets("welcome")
            await rick.do("DELETE", f"/v1/rooms/{room_id}/hands")
            await socket.gets_fact("room.hand_lowered.v1")
        await gone(http, room_id, sarah)


async def test_a_second_connection_is_told_and_takes_over_when_it_says_so(
    impatient: Stack, http: httpx.AsyncClient
) -> None:
    rick = await sign_in(http, "rick")
    room_id = await rick.open_room("Two tabs")
    async with stepped_in(impatient.url, rick, room_id) as (_, first):
        await until("rooms knows that Rick is connected", lambda: _refused_elsewhere(http, room_id))
        second = await sign_in(http, "rick")
        async with stepped_in(impatient.url, second, room_id, takeover=True):
            assert await first.closes() == 4409


async def test_a_ticket_opens_one_socket_and_a_wrong_one_none(impatient: Stack, http: httpx.AsyncClient) -> None:
    rick = await sign_in(http, "rick")
    room_id = await rick.open_room("Tickets")
    joined = await rick.join(room_id)
    for ticket in (joined["tickets"]["media"], "not.a.ticket", rick.token):
        async with room_socket(impatient.url, room_id, ticket) as socket:
            assert await socket.closes() == 4401
    async with room_socket(impatient.url, room_id, joined["tickets"]["signal"]) as socket:
        await socket.gets("welcome")
        async with room_socket(impatient.url, room_id, joined["tickets"]["signal"]) as again:
            assert await again.closes() == 4401


async def test_the_removed_and_those_in_an_ended_room_are_told(impatient: Stack, http: httpx.AsyncClient) -> None:
    rick, sarah = await sign_in(http, "rick"), await guest(http)
    room_id = await rick.open_room("Told why")
    async with (
        stepped_in(impatient.url, rick, room_id) as (_, host),
        stepped_in(impatient.url, sarah, room_id) as (_, s),
    ):
        await rick.do("DELETE", f"/v1/rooms/{room_id}/participants/{sarah.user_id}")
        assert await s.closes() == 4403
        with pytest.raises(Refusal, match="removed"):
            await sarah.join(room_id)
        await rick.do("POST", f"/v1/rooms/{room_id}/end")
        assert await host.closes() == 4410


async def test_a_socket_resumes_after_what_it_has_seen(impatient: Stack, http: httpx.AsyncClient) -> None:
    rick, sarah = await sign_in(http, "rick"), await sign_in(http, "sarah")
    room_id = await rick.open_room("Resumed")
    async with stepped_in(impatient.url, sarah, room_id) as (joined, _):
        pass
    await sarah.do("PUT", f"/v1/rooms/{room_id}/hand")
    ticket = (await sarah.join(room_id))["tickets"]["signal"]
    async with room_socket(impatient.url, room_id, ticket, after=joined["seq"]) as socket:
        assert await socket.gets("resumed") == {"type": "resumed", "seq": joined["seq"]}
        raised = await socket.gets_fact("room.hand_raised.v1")
        assert raised["sequence"] == joined["seq"] + 1


async def test_after_signallings_death_those_who_reconnect_keep_their_seat_and_the_others_are_gone(
    impatient: Stack, http: httpx.AsyncClient
) -> None:
    rick = await sign_in(http, "rick")
    people = [await register(http, f"Listener {number}") for number in range(6)]
    room_id = await rick.open_room("Signalling dies")  # last: six passwords may take longer than the grace
    before: dict[str, Any] = {}
    async with AsyncExitStack() as sockets:
        await sockets.enter_async_context(stepped_in(impatient.url, rick, room_id))
        for person in people:
            joined, _ = await sockets.enter_async_context(stepped_in(impatient.url, person, room_id))
            before[str(person.user_id)] = joined["participant"]["seat"]
        await rick.do("POST", f"/v1/rooms/{room_id}/invitations", {"user_id": str(people[0].user_id)})
        await people[0].do("PUT", f"/v1/rooms/{room_id}/invitations/me", {"answer": "accepted"})
        await impatient.kill("signalling")
    await impatient.restart("signalling")
    back, lost = [rick, *people[:3]], people[3:]
    async with AsyncExitStack() as sockets:
        for person in back:
            joined, _ = await sockets.enter_async_context(stepped_in(impatient.url, person, room_id))
            assert joined["participant"]["seat"] == before.get(str(person.user_id), 1)
        for person in lost:
            await gone(http, room_id, person, seconds=60)  # lease, reconnect time, grace
        here = await people_in(http, room_id)
        assert set(here) == {str(person.user_id) for person in back}
        assert here[str(people[0].user_id)]["role"] == "SPEAKER"


async def _joined(person: Person, room_id: str) -> dict[str, Any] | None:
    response = await person.send("POST", f"/v1/rooms/{room_id}/join", {"connection": str(person.connection)})
    assert response.is_success or response.json()["code"] == "elsewhere"
    return answer_of(response) if response.is_success else None


async def _refused_elsewhere(http: httpx.AsyncClient, room_id: str) -> bool:
    try:
        await (await sign_in(http, "rick")).join(room_id)
    except Refusal as refusal:
        return refusal.code == "elsewhere"
    return False
