"""Rooms hosted by whom one has blocked, or who has blocked one, are not shown: in lists, and while one looks."""

from collections.abc import Callable

import httpx

from contracts.rooms import HostTransferred, ParticipantJoined, RoleReason
from tests.integration.telling import ToldRoom
from tests.integration.viewing import listed, says, shows, watching
from tests.people import register
from tests.waiting import until

NewRoom = Callable[[], ToldRoom]


async def test_neither_of_the_two_is_shown_rooms_of_the_other(http: httpx.AsyncClient, new_room: NewRoom) -> None:
    host, blocker, blocked, anybody = [await register(http, name) for name in ("Host", "Blocker", "Blocked", "Anybody")]
    await blocker.do("PUT", f"/v1/me/blocks/{host.user_id}")
    await host.do("PUT", f"/v1/me/blocks/{blocked.user_id}")
    live, planned = new_room(), new_room()
    await live.tell(live.opened(host))
    await planned.tell(planned.scheduled(host))
    await live.stored()
    await planned.stored()
    for room, state in ((live, "live"), (planned, "scheduled")):
        shown = [room.id in await listed(http, each, state=state) for each in (blocker, blocked, anybody, host, None)]
        assert shown == [False, False, True, True, True]
        assert room.id in await listed(http, anybody, state=state, user_id=str(blocker.user_id)), "by the token alone"
    await blocker.do("DELETE", f"/v1/me/blocks/{host.user_id}")
    assert live.id in await listed(http, blocker)


async def test_an_open_hallway_begins_again_without_the_rooms_of_whom_one_blocks(
    http: httpx.AsyncClient, new_room: NewRoom
) -> None:
    host, blocker, room, other = await register(http, "H"), await register(http, "B"), new_room(), new_room()
    await room.tell(room.opened(host))
    await room.stored()
    async with watching(http, blocker) as viewer, watching(http) as anybody:
        await says(viewer, room, "card")
        await blocker.do("PUT", f"/v1/me/blocks/{host.user_id}")

        async def again() -> bool:
            return viewer.begun == 2

        await until("it has begun again", again)
        viewer.told.clear()
        await room.tell(ParticipantJoined(room_id=room.id, user_id=blocker.user_id))
        await other.tell(other.opened(blocker))
        await says(viewer, other, "card")
        assert room.id not in viewer.shown
        assert anybody.begun == 1
        await blocker.do("DELETE", f"/v1/me/blocks/{host.user_id}")
        await shows(viewer, room)


async def test_a_hallway_that_goes_on_is_told_of_blocks_that_came_meanwhile(
    http: httpx.AsyncClient, new_room: NewRoom
) -> None:
    host, blocker, room = await register(http, "Host"), await register(http, "Blocker"), new_room()
    await room.tell(room.opened(host))
    async with watching(http, blocker) as viewer:
        await says(viewer, room, "card")
    await blocker.do("PUT", f"/v1/me/blocks/{host.user_id}")
    async with watching(http, blocker, goes_on=viewer.last_id) as again:
        await says(again, room, "gone")


async def test_a_room_is_gone_when_somebody_whom_one_blocked_becomes_its_host(
    http: httpx.AsyncClient, new_room: NewRoom
) -> None:
    host, heir, blocker = [await register(http, name) for name in ("Host", "Heir", "Blocker")]
    room, handed_over = new_room(), RoleReason.CHANGED
    await blocker.do("PUT", f"/v1/me/blocks/{heir.user_id}")
    await room.tell(room.opened(host), ParticipantJoined(room_id=room.id, user_id=heir.user_id))
    async with watching(http, blocker) as viewer:
        await shows(viewer, room)
        await room.tell(HostTransferred(room_id=room.id, from_id=host.user_id, to_id=heir.user_id, reason=handed_over))
        await shows(viewer, room, False)
