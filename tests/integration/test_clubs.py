"""Clubs and who belongs to them, over the public API; and what rooms make of it."""

import asyncio
from typing import Any

import httpx
import pytest

from hallway.stack import Stack
from tests.people import Person, Refusal, guest, register
from tests.waiting import until


async def founded(founder: Person, **more: str) -> str:
    return str((await founder.do("POST", "/v1/clubs", {"name": "Night walkers", "topic": "Health", **more}))["id"])


async def club_of(person: Person, club: str) -> dict[str, Any]:
    found: dict[str, Any] = (await person.do("GET", f"/v1/clubs/{club}"))["club"]
    return found


async def pages(person: Person, path: str, name: str) -> list[dict[str, Any]]:
    """All of a list, two at a time."""
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        more = f"&cursor={cursor}" if cursor else ""
        page = await person.do("GET", f"{path}{'&' if '?' in path else '?'}limit=2{more}")
        found += page[name]
        cursor = page["next_cursor"]
    return found


async def test_a_club_says_what_it_is_and_its_founder_changes_it(http: httpx.AsyncClient) -> None:
    rick = await register(http, "Rick")
    club = await founded(rick, description="We walk.", rules="Quietly.\nWith care.", admission="approval")
    found = await club_of(rick, club)
    assert (found["description"], found["rules"], found["admission"]) == (
        "We walk.",
        "Quietly.\nWith care.",
        "approval",
    )
    assert (found["role"], found["member_count"], found["topic"]) == ("founder", 1, "Health")
    await rick.do("PATCH", f"/v1/clubs/{club}", {"rules": "", "topic": "Science", "name": "Day walkers"})
    found = await club_of(rick, club)
    assert (found["name"], found["rules"], found["topic"], found["description"]) == (
        *("Day walkers", "", "Science", "We walk."),
    )


async def test_an_open_club_is_joined_and_left(http: httpx.AsyncClient) -> None:
    rick, sarah = await register(http, "Rick"), await register(http, "Sarah")
    club = await founded(rick)
    joined = (await sarah.do("PUT", f"/v1/clubs/{club}/members/me"))["club"]
    assert (joined["role"], joined["followed"], joined["member_count"]) == ("member", True, 2)
    left = (await sarah.do("DELETE", f"/v1/clubs/{club}/members/me"))["club"]
    assert (left["role"], left["followed"], left["member_count"], left["follower_count"]) == (None, False, 1, 0)


async def test_a_club_by_approval_lets_in_whom_its_admins_let_in(http: httpx.AsyncClient) -> None:
    rick, sarah, cj = [await register(http, name) for name in ("Rick", "Sarah", "CJ")]
    club = await founded(rick, admission="approval")
    for person in (sarah, cj):
        asked = (await person.do("PUT", f"/v1/clubs/{club}/members/me"))["club"]
        assert (asked["waiting"], asked["role"]) == ("asked", None)
    with pytest.raises(Refusal, match="not_club_admin"):
        await sarah.do("GET", f"/v1/clubs/{club}/waiting")
    waiting = await pages(rick, f"/v1/clubs/{club}/waiting", "waiting")
    assert [each["name"] for each in waiting] == ["Sarah", "CJ"]
    await rick.do("PUT", f"/v1/clubs/{club}/waiting/{sarah.user_id}", {"answer": "accepted"})
    await rick.do("PUT", f"/v1/clubs/{club}/waiting/{cj.user_id}", {"answer": "declined"})
    assert ((await club_of(sarah, club))["role"], (await club_of(cj, club))["waiting"]) == ("member", None)


async def test_an_invitation_is_found_and_accepted_or_declined(http: httpx.AsyncClient) -> None:
    rick, sarah, cj = [await register(http, name) for name in ("Rick", "Sarah", "CJ")]
    club = await founded(rick, admission="invitation")
    with pytest.raises(Refusal, match="club_by_invitation"):
        await sarah.do("PUT", f"/v1/clubs/{club}/members/me")
    for person in (sarah, cj):
        await rick.do("PUT", f"/v1/clubs/{club}/invitations/{person.user_id}")
    (invitation,) = (await sarah.do("GET", "/v1/me/club-invitations"))["invitations"]
    assert (invitation["club"]["id"], invitation["by"]) == (club, str(rick.user_id))
    assert (await sarah.do("PUT", f"/v1/clubs/{club}/members/me"))["club"]["role"] == "member"
    assert (await cj.do("DELETE", f"/v1/clubs/{club}/members/me"))["club"]["waiting"] is None
    assert (await cj.do("GET", "/v1/me/club-invitations"))["invitations"] == []


async def test_members_stand_in_order_by_pages_and_each_in_their_own_lists(http: httpx.AsyncClient) -> None:
    rick, sarah, cj, loki, ana = [await register(http, name) for name in ("Rick", "Sarah", "CJ", "Loki", "Ana")]
    club = await founded(rick)
    for person in (sarah, cj, loki, ana):
        await person.do("PUT", f"/v1/clubs/{club}/members/me")
    await rick.do("PUT", f"/v1/clubs/{club}/admins/{loki.user_id}")
    members = await pages(ana, f"/v1/clubs/{club}/members", "members")
    assert [(each["name"], each["role"]) for each in members] == [
        *(("Rick", "founder"), ("Loki", "admin"), ("Sarah", "member"), ("CJ", "member"), ("Ana", "member")),
    ]
    (mine,) = (await loki.do("GET", "/v1/me/clubs"))["clubs"]
    assert (mine["club"]["id"], mine["role"]) == (club, "admin")
    assert len((await rick.do("GET", f"/v1/users/{loki.user_id}/clubs"))["clubs"]) == 1


async def test_the_club_is_handed_over_before_its_founder_leaves(http: httpx.AsyncClient) -> None:
    rick, sarah = await register(http, "Rick"), await register(http, "Sarah")
    club = await founded(rick)
    await sarah.do("PUT", f"/v1/clubs/{club}/members/me")
    with pytest.raises(Refusal, match="founder_needed"):
        await rick.do("DELETE", f"/v1/clubs/{club}/members/me")
    handed = (await rick.do("PUT", f"/v1/clubs/{club}/founder", {"user_id": str(sarah.user_id)}))["club"]
    assert (handed["founder_id"], handed["admin_ids"]) == (str(sarah.user_id), [str(rick.user_id)])
    assert (await rick.do("DELETE", f"/v1/clubs/{club}/members/me"))["club"]["member_count"] == 1


async def test_two_who_ask_and_answer_at_the_same_moment_leave_one_member(http: httpx.AsyncClient) -> None:
    rick, sarah = await register(http, "Rick"), await register(http, "Sarah")
    club = await founded(rick, admission="approval")
    await sarah.do("PUT", f"/v1/clubs/{club}/members/me")
    yes = {"answer": "accepted"}
    await asyncio.gather(
        *(rick.send("PUT", f"/v1/clubs/{club}/waiting/{sarah.user_id}", yes) for _ in range(5)),
        *(rick.send("PUT", f"/v1/clubs/{club}/invitations/{sarah.user_id}") for _ in range(5)),
        *(sarah.send("PUT", f"/v1/clubs/{club}/members/me") for _ in range(5)),
    )
    found = await club_of(sarah, club)
    assert (found["member_count"], found["follower_count"], found["role"]) == (2, 1, "member")


async def test_a_ban_from_the_club_puts_somebody_out_of_its_rooms_and_keeps_them_out(http: httpx.AsyncClient) -> None:
    rick, sarah = await register(http, "Rick"), await register(http, "Sarah")
    club = await founded(rick)
    await sarah.do("PUT", f"/v1/clubs/{club}/members/me")
    room = await rick.open_room("Walking", club_id=club)
    for person in (rick, sarah):
        await person.join(room)
    banned = (await rick.do("PUT", f"/v1/clubs/{club}/bans/{sarah.user_id}"))["club"]
    assert (banned["member_count"], banned["follower_count"]) == (1, 0)

    async def out() -> bool:
        facts = (await rick.do("GET", f"/v1/rooms/{room}/events?after=0"))["events"]
        gone = [fact["data"] for fact in facts if fact["type"] == "room.participant_left.v1"]
        return any((each["user_id"], each["reason"]) == (str(sarah.user_id), "banned") for each in gone)

    await until("that she is out", out)
    for path, body in ((f"/v1/rooms/{room}/join", {"connection": str(sarah.connection)}),):
        with pytest.raises(Refusal, match="club_banned"):
            await sarah.do("POST", path, body)
    for path in (f"/v1/clubs/{club}/members/me", f"/v1/clubs/{club}/followers/me"):
        with pytest.raises(Refusal, match="club_banned"):
            await sarah.do("PUT", path)
    (ban,) = await pages(rick, f"/v1/clubs/{club}/bans", "bans")
    assert (ban["name"], ban["by"]) == ("Sarah", str(rick.user_id))
    await rick.do("DELETE", f"/v1/clubs/{club}/bans/{sarah.user_id}")

    async def back() -> bool:
        return (await sarah.send("POST", f"/v1/rooms/{room}/join", {"connection": str(sarah.connection)})).is_success

    await until("the ban to be lifted in the room", back)


async def test_a_guest_who_registers_keeps_the_seat_and_may_speak(stack: Stack, http: httpx.AsyncClient) -> None:
    rick, visitor = await register(http, "Rick"), await guest(http)
    room = await rick.open_room("Come in")
    seat = (await visitor.join(room))["participant"]["seat"]
    account = {"username": f"g{visitor.user_id.hex[:16]}", "name": "No guest any more", "password": "correct horse"}
    session = await visitor.do("POST", "/v1/users", account)
    assert session["id"] == str(visitor.user_id)
    member = Person(http, visitor.user_id, "No guest any more", session["access_token"], visitor.connection)

    async def hand_up() -> bool:
        return (await member.send("PUT", f"/v1/rooms/{room}/hand")).is_success

    await until("the hand of a member", hand_up)
    assert (await member.join(room))["participant"]["seat"] == seat

    async def named() -> bool:
        audience = (await http.get(f"/v1/rooms/{room}")).json()["room"]["audience"]
        return [each["name"] for each in audience] == ["No guest any more"]

    await until("the name in the room", named)
