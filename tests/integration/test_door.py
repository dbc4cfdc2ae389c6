"""Who gets into a room, through the gateway: the invited, members, and not the banned."""

from uuid import uuid4

import httpx

from hallway.stack import Stack
from tests.integration.rules import facts, gets_in, refused, three
from tests.people import guest, register, sign_in
from tests.sockets import stepped_in
from tests.waiting import until


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
    assert not any("link" in fact["type"] for fact in await facts(cj, room_id))


async def test_a_room_for_members_lets_the_members_of_its_club_in_and_not_its_followers(
    http: httpx.AsyncClient,
) -> None:
    rick, sarah, cj = await three(http)
    club = await rick.do("POST", "/v1/clubs", {"name": f"Club {uuid4().hex[:8]}", "topic": "Science"})
    await sarah.do("PUT", f"/v1/clubs/{club['id']}/members/me")
    await cj.do("PUT", f"/v1/clubs/{club['id']}/followers/me")
    room_id = await rick.open_room("Members", club_id=club["id"], policy={"enter": "club"})
    await until("rooms has heard that Sarah is a member", lambda: gets_in(sarah, room_id))
    assert await refused(cj.join(room_id)) == "club_only"


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
