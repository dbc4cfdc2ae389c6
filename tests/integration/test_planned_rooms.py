"""Planned rooms in the hallway: in lists, at their address, and as they come and go."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import httpx

from contracts.rooms import (
    EndedReason,
    HostTransferred,
    ParticipantJoined,
    RoleReason,
    RoomEnded,
    RoomRescheduled,
)
from tests.integration.telling import SOON, ToldRoom
from tests.integration.viewing import listed, page, says, watching
from tests.people import register

NewRoom = Callable[[], ToldRoom]


async def test_a_planned_room_shows_its_host_and_time_and_opens_by_itself(
    http: httpx.AsyncClient, new_room: NewRoom
) -> None:
    host, room = await register(http, "Hosting"), new_room()
    await room.tell(room.scheduled(host))
    await room.stored()
    shown = await page(http, room)
    name = {"user_id": str(host.user_id), "name": "Hosting"}
    assert (shown["state"], shown["host"], shown["panel"], shown["started_at"]) == ("scheduled", name, [], None)
    assert datetime.fromisoformat(shown["scheduled_for"]) == SOON
    assert room.id not in await listed(http)
    await room.tell(RoomRescheduled(room_id=room.id, scheduled_for=SOON + timedelta(days=1), by=host.user_id))
    await room.stored()
    assert datetime.fromisoformat((await page(http, room))["scheduled_for"]) == SOON + timedelta(days=1)
    await room.tell(room.opened(host, awaited=SOON))
    await room.stored()
    shown = await page(http, room)
    assert (shown["state"], shown["host"], shown["panel"], shown["participant_count"]) == ("live", None, [], 0)
    assert (shown["scheduled_for"], shown["started_at"] is None) == (None, False)
    assert room.id in await listed(http)
    arrived = HostTransferred(room_id=room.id, from_id=None, to_id=host.user_id, reason=RoleReason.ARRIVED)
    await room.tell(ParticipantJoined(room_id=room.id, user_id=host.user_id), arrived)
    await room.stored()
    shown = await page(http, room)
    assert (shown["host"], [each["role"] for each in shown["panel"]]) == (name, ["HOST"])


async def test_planned_rooms_alone_are_listed_soonest_first_by_pages(
    http: httpx.AsyncClient, new_room: NewRoom
) -> None:
    host, rooms = await register(http, "Hosting"), [new_room() for _ in range(5)]
    for days, room in zip((3, 1, 5, 2, 4), rooms, strict=True):
        await room.tell(room.scheduled(host, SOON + timedelta(days=days)))
        await room.stored()
    wanted = [rooms[n].id for n in (1, 3, 0, 4, 2)]
    by_pages: list[UUID] = []
    cursor: str | None = ""
    while cursor is not None:
        more = {"cursor": cursor} if cursor else {}
        answer = (await http.get("/v1/rooms", params={"state": "scheduled", "limit": 2, **more})).json()
        by_pages += [UUID(card["id"]) for card in answer["rooms"]]
        cursor = answer["next_cursor"]
    assert [each for each in by_pages if each in wanted] == wanted
    assert [each for each in await listed(http, state="live,scheduled") if each in wanted] == wanted[::-1]
    assert not set(wanted) & set(await listed(http))


async def test_the_live_hallway_sends_planned_rooms_to_those_who_asked(
    http: httpx.AsyncClient, new_room: NewRoom
) -> None:
    host, room, other = await register(http, "Hosting"), new_room(), new_room()
    async with (
        watching(http, state="scheduled") as planned,
        watching(http) as live,
        watching(http, state="live,scheduled") as both,
    ):
        await room.tell(room.scheduled(host))
        await other.tell(other.scheduled(host))
        await says(planned, room, "card")
        await says(both, room, "card")
        assert live.of(room) == []
        await room.tell(room.opened(host))
        await says(planned, room, "card", "gone")
        await says(live, room, "card")
        await room.tell(RoomEnded(room_id=room.id, reason=EndedReason.ENDED))
        await other.tell(RoomEnded(room_id=other.id, reason=EndedReason.CANCELLED))
        await says(live, room, "card", "gone")
        await says(both, room, "card", "gone")
        await says(planned, other, "card", "gone")
        assert live.of(other) == []
