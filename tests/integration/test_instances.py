"""Several rooms processes serve the same room: whichever is asked, and at whatever moment, there is one truth."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from hallway.stack import Stack
from tests.instances import Anywhere, more_of, port_of
from tests.people import Person, register, sign_in


@pytest.fixture(scope="module")
async def anywhere(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """Asks any of three rooms processes."""
    async with more_of(stack, "rooms", 2) as more:
        transport = Anywhere([port_of(each) for each in (stack.parts["rooms"], *more)])
        async with httpx.AsyncClient(base_url=stack.url, transport=transport, timeout=20) as http:
            yield http


def elsewhere(person: Person, http: httpx.AsyncClient) -> Person:
    """The same person with another page load, asking there."""
    return Person(http, person.user_id, person.name, person.token)


async def joined(person: Person, room_id: str, **more: Any) -> httpx.Response:
    return await person.send("POST", f"/v1/rooms/{room_id}/join", {"connection": str(uuid4()), **more})


async def test_a_seat_that_everybody_takes_over_at_once_is_one_seat(
    anywhere: httpx.AsyncClient, http: httpx.AsyncClient
) -> None:
    rick, sarah = await sign_in(http, "rick"), await sign_in(http, "sarah")
    room_id = await rick.open_room("One seat")
    tabs = [elsewhere(sarah, anywhere) for _ in range(30)]
    answers = [each.json() for each in await asyncio.gather(*(joined(tab, room_id, takeover=True) for tab in tabs))]
    assert {answer["participant"]["seat"] for answer in answers} == {2}
    assert sorted(answer["participant"]["connection_no"] for answer in answers) == list(range(1, 31))
    feed = await sarah.do("GET", f"/v1/rooms/{room_id}/events")
    assert [event["type"] for event in feed["events"]] == ["room.opened.v1", "room.participant_joined.v1"]


async def test_a_key_repeated_everywhere_at_once_is_done_once(
    anywhere: httpx.AsyncClient, http: httpx.AsyncClient
) -> None:
    rick = await sign_in(http, "rick")
    room_id = await rick.open_room("Once")
    await rick.join(room_id)
    asking, key = elsewhere(rick, anywhere), str(uuid4())
    path, body = f"/v1/rooms/{room_id}/invitations", {"user_id": str(uuid4())}
    answers = await asyncio.gather(*(asking.send("POST", path, body, key) for _ in range(20)))
    assert {(answer.status_code, answer.json()["seq"]) for answer in answers} == {(200, 2)}
    other = await asking.send("POST", path, {"user_id": str(uuid4())}, key)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


async def test_a_full_room_is_full_whoever_is_asked(anywhere: httpx.AsyncClient, http: httpx.AsyncClient) -> None:
    rick = await sign_in(http, "rick")
    room_id = await rick.open_room("Five of us", policy={"max_people": 5})
    people = [elsewhere(await register(http, f"Person {number}"), anywhere) for number in range(15)]
    answers = await asyncio.gather(*(joined(person, room_id) for person in people))
    assert sum(answer.is_success for answer in answers) == 4
    assert {answer.json()["code"] for answer in answers if not answer.is_success} == {"room_full"}


async def test_two_who_take_the_keys_at_once_are_one_host(anywhere: httpx.AsyncClient, http: httpx.AsyncClient) -> None:
    rick = await sign_in(http, "rick")
    people = [await register(http, f"Speaker {number}") for number in range(6)]
    room_id = await rick.open_room("The keys", policy={"speak": "open"})
    await rick.join(room_id)
    for person in people:
        await person.join(room_id)
        await person.do("PUT", f"/v1/rooms/{room_id}/participants/{person.user_id}/role", {"role": "SPEAKER"})
    leaving = [
        elsewhere(rick, anywhere).send("POST", f"/v1/rooms/{room_id}/leave", {"keys_to": str(person.user_id)})
        for person in people
    ]
    answers = await asyncio.gather(*leaving)
    assert all(answer.is_success for answer in answers), "whoever has left already leaves nothing"
    feed = await people[0].do("GET", f"/v1/rooms/{room_id}/events?limit=100")
    assert [event["type"] for event in feed["events"]].count("room.host_transferred.v1") == 1
