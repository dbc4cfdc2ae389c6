"""`sort=for_you`: what comes first and why, and pages that fit together while rooms come and go."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx

from contracts.rooms import EndedReason, Policy, RoomEnded, RoomPolicyChanged
from tests.integration.conftest import Directory
from tests.integration.telling import ToldRoom
from tests.people import Person, answer_of, register, sign_in

NewRoom = Callable[[], ToldRoom]


async def for_you(person: Person, more: str = "") -> list[dict[str, Any]]:
    """All pages: other tests leave many rooms behind."""
    cards: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await person.do("GET", f"/v1/rooms?sort=for_you{more}{f'&cursor={cursor}' if cursor else ''}")
        cards += page["rooms"]
        cursor = page["next_cursor"]
    return cards


async def test_people_whom_one_follows_come_first_and_every_card_says_why(
    http: httpx.AsyncClient, new_room: NewRoom
) -> None:
    viewer, friend, other = [await register(http, name) for name in ("Viewer", "Ada Friend", "Other")]
    club = (await other.do("POST", "/v1/clubs", {"name": "Followed Ones", "topic": "Science"}))["id"]
    await viewer.do("PUT", f"/v1/me/following/{friend.user_id}")
    await viewer.do("PUT", f"/v1/clubs/{club}/followers/me")
    of_friend, of_club, of_nobody = new_room(), new_room(), new_room()
    await of_friend.tell(of_friend.opened(friend))
    await of_club.tell(of_club.opened(other).model_copy(update={"club_id": UUID(club)}))
    await of_nobody.tell(of_nobody.opened(other))
    for room in (of_friend, of_club, of_nobody):
        await room.stored()
    cards = await for_you(viewer)
    mine = [card for card in cards if card["id"] in {str(of_friend.id), str(of_club.id), str(of_nobody.id)}]
    assert [card["id"] for card in mine] == [str(of_friend.id), str(of_club.id), str(of_nobody.id)]
    assert all(card["reasons"] for card in cards)
    first = mine[0]["reasons"][0]
    assert (first["kind"], first["user_ids"]) == ("follows", [str(friend.user_id)])
    assert first["text"] == "Ada Friend, whom you follow, is on stage"
    assert mine[1]["reasons"][0]["text"] == "You follow Followed Ones"
    assert [reason["text"] for reason in mine[2]["reasons"]] == ["Just opened"]
    anybody = answer_of(await http.get("/v1/rooms?sort=for_you"))["rooms"]
    assert {reason["kind"] for card in anybody for reason in card["reasons"]} <= {"fresh", "busy"}
    assert "reasons" not in answer_of(await http.get("/v1/rooms"))["rooms"][0]


async def test_pages_fit_together_while_rooms_come_and_go(
    http: httpx.AsyncClient, new_room: NewRoom, directory: Directory
) -> None:
    host = await register(http, "Paging")
    club = (await host.do("POST", "/v1/clubs", {"name": "Pages", "topic": "Science"}))["id"]
    rooms = [new_room() for _ in range(6)]
    for room in rooms:
        await room.tell(room.opened(host).model_copy(update={"club_id": UUID(club)}))
        await room.stored()
    order = [card["id"] for card in await for_you(host, f"&club={club}")]
    assert sorted(order) == sorted(str(room.id) for room in rooms)
    path = f"/v1/rooms?sort=for_you&club={club}&limit=2"
    first = await host.do("GET", path)
    late, ends, closes = new_room(), *(next(r for r in rooms if str(r.id) == order[n]) for n in (3, 4))
    await late.tell(late.opened(host).model_copy(update={"club_id": UUID(club)}))
    await ends.tell(RoomEnded(room_id=ends.id, reason=EndedReason.ENDED))
    await closes.tell(RoomPolicyChanged(room_id=closes.id, policy=Policy(enter="private"), by=host.user_id))
    for room in (late, ends, closes):
        await room.stored()
    second = await host.do("GET", f"{path}&cursor={first['next_cursor']}")
    assert [card["id"] for card in (*first["rooms"], *second["rooms"])] == [*order[:3], order[4]]
    again = await host.do("GET", f"{path}&cursor={first['next_cursor']}")
    assert again == second
    last = await host.do("GET", f"{path}&cursor={second['next_cursor']}")
    assert ([card["id"] for card in last["rooms"]], last["next_cursor"]) == ([order[5]], None)
    stranger = await sign_in(http, "rick")
    seen = await stranger.do("GET", f"{path}&limit=10&cursor={first['next_cursor']}")
    assert order[4] not in [card["id"] for card in seen["rooms"]], "private by now: a cursor opens no doors"
    await directory.execute("update ranked_lists set made_at = now() - interval '6 minutes'")
    old = await host.send("GET", f"{path}&cursor={first['next_cursor']}")
    assert (old.status_code, "five minutes" in old.json()["message"]) == (400, True)


async def test_the_newest_first_is_stable_while_rooms_come_and_go(http: httpx.AsyncClient, new_room: NewRoom) -> None:
    host = await register(http, "Newest")
    club = (await host.do("POST", "/v1/clubs", {"name": "Newest", "topic": "Science"}))["id"]
    rooms = [new_room() for _ in range(5)]
    for room in rooms:
        await room.tell(room.opened(host).model_copy(update={"club_id": UUID(club)}))
        await room.stored()
    newest = [str(room.id) for room in reversed(rooms)]
    path = f"/v1/rooms?club={club}&limit=2"
    first = answer_of(await http.get(path))
    late = new_room()
    await late.tell(late.opened(host).model_copy(update={"club_id": UUID(club)}))
    await late.stored()
    await rooms[3].tell(RoomEnded(room_id=rooms[3].id, reason=EndedReason.ENDED))
    await rooms[3].stored()
    second = answer_of(await http.get(f"{path}&cursor={first['next_cursor']}"))
    assert [card["id"] for card in (*first["rooms"], *second["rooms"])] == newest[:4]
