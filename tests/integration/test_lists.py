"""Lists: seeing one's own command, not sending again what is known, past rooms of a club."""

from collections.abc import Callable
from uuid import UUID, uuid4

import httpx

from contracts.rooms import EndedReason, Policy, RoomEnded, RoomOpened
from tests.integration.telling import SOON, ToldRoom
from tests.integration.viewing import listed
from tests.people import Person, answer_of, everything_live, register, sign_in

NewRoom = Callable[[], ToldRoom]


async def test_a_list_waits_for_what_one_has_just_done(http: httpx.AsyncClient) -> None:
    rick = await sign_in(http, "rick")
    for _ in range(5):
        opened = await rick.do("POST", "/v1/rooms", {"name": "Seen at once"})
        page = await rick.do("GET", f"/v1/rooms?limit=5&min_seq={opened['id']}:{opened['seq']}")
        assert opened["id"] in [card["id"] for card in page["rooms"]]
    response = await http.get(f"/v1/rooms?min_seq={uuid4()}:1")
    assert (response.status_code, response.json()["code"]) == (409, "not_yet_visible")
    assert response.headers["retry-after"] == "1"


async def test_what_has_not_changed_is_not_sent_again(http: httpx.AsyncClient, new_room: NewRoom) -> None:
    host, room = await register(http, "Host"), new_room()
    await room.tell(room.opened(host))
    await room.stored()
    for path in (f"/v1/rooms/{room.id}", f"/v1/rooms?user_id={host.user_id}&limit=1"):
        first = await http.get(path)
        again = await http.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
    await room.tell(room.invited(host, host))
    await room.stored()
    changed = await http.get(f"/v1/rooms/{room.id}", headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200


async def test_a_clubs_past_rooms_come_latest_first_by_pages_without_private_and_cancelled_ones(
    http: httpx.AsyncClient, new_room: NewRoom
) -> None:
    host = await sign_in(http, "rick")
    club = (await host.do("POST", "/v1/clubs", {"name": "Of the past", "topic": "Science"}))["id"]
    rooms = [new_room() for _ in range(5)]
    secret, cancelled, live = new_room(), new_room(), new_room()
    over = EndedReason.ENDED
    for room in rooms:
        await room.tell(opened(room, host, club), RoomEnded(room_id=room.id, reason=over))
    await secret.tell(opened(secret, host, club, Policy(enter="private")), RoomEnded(room_id=secret.id, reason=over))
    planned = cancelled.scheduled(host, SOON).model_copy(update={"club_id": UUID(club)})
    await cancelled.tell(planned, RoomEnded(room_id=cancelled.id, reason=over))
    await live.tell(opened(live, host, club))
    for room in (*rooms, secret, cancelled, live):
        await room.stored()
    past = [str(room.id) for room in reversed(rooms)]
    page = answer_of(await http.get(f"/v1/rooms?state=ended&club={club}&limit=2"))
    assert [card["id"] for card in page["rooms"]] == past[:2]
    assert [card["id"] for card in await everything_live(http, state="ended", club=club)] == past
    assert [str(id_) for id_ in await listed(http, host, state="ended", club=club)] == past, "for insiders, too"
    refused = await http.get("/v1/rooms?state=ended")
    assert (refused.status_code, "club" in refused.json()["message"]) == (400, True)


def opened(room: ToldRoom, host: Person, club: str, policy: Policy | None = None) -> RoomOpened:
    return room.opened(host, policy or Policy()).model_copy(update={"club_id": UUID(club)})


async def test_listeners_whom_speakers_follow_come_first_for_whoever_is_signed_in(http: httpx.AsyncClient) -> None:
    host, friend, stranger = [await register(http, name) for name in ("Host", "Friend", "Stranger")]
    await host.do("PUT", f"/v1/me/following/{friend.user_id}")
    room = await host.open_room("Followed by speakers")
    await stranger.join(room)
    seq = (await friend.join(room))["seq"]
    seen = (await stranger.do("GET", f"/v1/rooms/{room}?min_seq={seq}"))["room"]
    assert [each["user_id"] for each in seen["followed_by_speakers"]] == [str(friend.user_id)]
    assert [each["followed_by_speakers"] for each in seen["audience"]] == [False, True], "by seat as ever"
    by_page = await stranger.do("GET", f"/v1/rooms/{room}/audience")
    assert [each["followed_by_speakers"] for each in by_page["audience"]] == [False, True]
    unknown = answer_of(await http.get(f"/v1/rooms/{room}"))["room"]
    assert unknown["followed_by_speakers"] == []
    assert not any(each["followed_by_speakers"] for each in unknown["audience"])
