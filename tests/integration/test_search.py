"""Search, as somebody types: rooms, people, clubs."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from contracts.roles import Role
from contracts.rooms import ParticipantJoined, Policy, RoleChanged, RoleReason
from services.directory.queries.matching import one_off, trigrams, words_of
from tests.integration.conftest import Directory
from tests.integration.telling import ToldRoom
from tests.people import answer_of, register, sign_in
from tests.waiting import until

NewRoom = Callable[[], ToldRoom]


async def names(http: httpx.AsyncClient, what: str, q: str, **more: str) -> list[str]:
    found = answer_of(await http.get(f"/v1/{what}", params={"q": q, **more}))
    return [each["name"] for each in found[what]]


@pytest.mark.parametrize(
    ("q", "room"),
    [
        ("portals", "Portals: what could go wrong"),
        ("portls wrng", "Portals: what could go wrong"),
        ("physisist", "Ask a physicist anything"),
        ("speed", "Speedruns we still talk about"),
        ("overlords robots", "Robots in the kitchen"),
        ("loki treaty", "How a treaty is really written"),
    ],
)
async def test_rooms_are_found_by_their_name_their_club_and_people_on_stage(
    http: httpx.AsyncClient, q: str, room: str
) -> None:
    async def found() -> bool:
        return room in await names(http, "rooms", q)

    await until(f"{room} is found", found)


async def test_people_and_clubs_are_found_the_best_first(http: httpx.AsyncClient) -> None:
    assert (await names(http, "users", "kiran bahtt"))[0] == "Kiran Bhatt"
    assert (await names(http, "users", "SANCHZ"))[0] == "Rick Sanchez"
    assert (await names(http, "clubs", "concil of riks"))[0] == "The Council of Ricks"
    assert await names(http, "clubs", "concil of riks", topic="Health") == []
    assert await names(http, "users", "qqqqqq") == []
    rick = await sign_in(http, "rick")
    (club,) = (await rick.do("GET", "/v1/clubs?q=council&limit=1"))["clubs"]
    assert club["followed"] is True


async def test_people_are_found_on_stage_and_not_in_the_audience(http: httpx.AsyncClient, new_room: NewRoom) -> None:
    host, listener, room = await register(http, "Zebedee Quux"), await register(http, "Wilhelmina Xanthos"), new_room()
    await room.tell(room.opened(host), ParticipantJoined(room_id=room.id, user_id=listener.user_id))
    await room.stored()
    assert await ids(http, "zebedee") == [str(room.id)]
    assert await ids(http, "wilhelmina") == []
    up = RoleChanged(room_id=room.id, user_id=listener.user_id, role=Role.SPEAKER, reason=RoleReason.CHANGED)
    await room.tell(up)
    await room.stored()
    assert await ids(http, "wilhelmna zebede") == [str(room.id)]


async def test_a_search_finds_no_room_that_one_may_not_know_of(http: httpx.AsyncClient, new_room: NewRoom) -> None:
    host, blocker, room, secret = await register(http, "Hobbledehoy"), await register(http, "B"), new_room(), new_room()
    await blocker.do("PUT", f"/v1/me/blocks/{host.user_id}")
    await room.tell(room.opened(host))
    await secret.tell(secret.opened(host, Policy(enter="private")))
    await room.stored()
    await secret.stored()
    assert await ids(http, "hobbledehoy") == [str(room.id)]
    for sort in ("best_match", "newest", "for_you"):
        answer = await host.do("GET", f"/v1/rooms?q=hobbledehoy&sort={sort}")
        assert {card["id"] for card in answer["rooms"]} == {str(room.id), str(secret.id)}
        assert (await blocker.do("GET", f"/v1/rooms?q=hobbledehoy&sort={sort}"))["rooms"] == []


async def test_a_renamed_room_is_found_by_its_new_name(http: httpx.AsyncClient) -> None:
    host = await register(http, "Host")
    room = await host.open_room("Xylophones")
    changed = await host.do("PATCH", f"/v1/rooms/{room}", {"name": "Glockenspiels"})
    await host.do("GET", f"/v1/rooms?min_seq={room}:{changed['seq']}")
    assert (await ids(http, "glockenspiel"), await ids(http, "xylophone")) == ([room], [])
    ended = await host.do("POST", f"/v1/rooms/{room}/end")
    await host.do("GET", f"/v1/rooms/{room}?min_seq={ended['seq']}")
    assert await ids(http, "glockenspiel") == []


@pytest.mark.parametrize("query", ["q=a", "sort=best_match", "q=" + "a" * 61, "state=ended&q=abc"])
async def test_what_cannot_be_searched_for_is_refused_with_a_reason(http: httpx.AsyncClient, query: str) -> None:
    response = await http.get(f"/v1/rooms?{query}")
    assert (response.status_code, response.json()["code"]) == (400, "invalid_input")


async def test_nothing_but_signs_and_single_letters_finds_nothing(http: httpx.AsyncClient) -> None:
    for what in ("rooms", "users", "clubs"):
        assert await names(http, what, "a b ?!") == []


@pytest.mark.parametrize(
    "name", ["Rick Sanchez", "Café Ünïcode", "Жизнь в городе", "会議室 7", "O'Neill-Smith_2", "🎷", "ab"]
)
async def test_postgres_makes_the_same_keys_of_a_name_as_we_do(directory: Directory, name: str) -> None:
    made = await directory.fetchval("select search_keys($1)", name)
    assert set(made) == {key for word in words_of(name) for key in trigrams(word) | one_off(word)}


async def ids(http: httpx.AsyncClient, q: str) -> list[Any]:
    return [card["id"] for card in answer_of(await http.get("/v1/rooms", params={"q": q}))["rooms"]]
