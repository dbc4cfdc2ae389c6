"""Reloads, second tabs, killed tabs, refused microphones: what happens to people on real devices."""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest

from tests.e2e.browsers import FAKE_DEVICE, Browsers, Tab
from tests.people import Person, sign_in
from tests.waiting import until

RICK_HZ = 660


class House:
    """Rick speaks in a room of his own."""

    def __init__(self, room_id: str, rick: Person, tab: Tab) -> None:
        self.room_id, self.path, self.rick, self.tab = room_id, f"/room/{room_id}", rick, tab


@pytest.fixture
async def house(browsers: Browsers, http: httpx.AsyncClient) -> AsyncIterator[House]:
    rick = await sign_in(http, "rick")
    room_id = await rick.open_room("Comings and goings")
    tab = await browsers.tab(await browsers.speaker(RICK_HZ), "rick", f"/room/{room_id}")
    await tab.press("Step in")
    await tab.press("Muted")
    await tab.sees_button("You're live")
    yield House(room_id, rick, tab)
    await rick.send("POST", f"/v1/rooms/{room_id}/end")


async def step_in(browsers: Browsers, username: str, path: str, alone: bool = False) -> Tab:
    tab = await browsers.tab(await browsers.browser(FAKE_DEVICE, alone), username, path)
    await tab.press("Step in")
    await tab.sees_button("Leave")
    return tab


async def seat_of(http: httpx.AsyncClient, room_id: str, user_id: UUID) -> int | None:
    room = (await http.get(f"/v1/rooms/{room_id}")).json()["room"]
    everybody = room["panel"] + room["audience"]
    return next((int(person["seat"]) for person in everybody if person["user_id"] == str(user_id)), None)


async def test_a_reloaded_listener_presses_start_audio_and_hears_from_the_same_seat(
    house: House, browsers: Browsers, http: httpx.AsyncClient
) -> None:
    sarah = await sign_in(http, "sarah")
    tab = await step_in(browsers, "sarah", house.path, alone=True)  # where nobody has listened yet
    await tab.hears(RICK_HZ)

    async def seat() -> int | None:
        return await seat_of(http, house.room_id, sarah.user_id)

    before = await until("Sarah's seat is shown", seat)
    await tab.page.reload()
    await tab.press("Start audio")
    await tab.hears(RICK_HZ)
    assert await seat() == before


async def test_a_second_tab_is_told_takes_over_and_the_first_does_not_fight_back(
    house: House, browsers: Browsers
) -> None:
    context = await browsers.browser(FAKE_DEVICE)
    first = await browsers.tab(context, "sarah", house.path)
    await first.press("Step in")
    await first.hears(RICK_HZ)
    second = await browsers.tab(context, "sarah", house.path)
    await second.press("Step in")
    await second.sees("You're listening in another tab")
    await second.press("Listen here")
    await second.hears(RICK_HZ)
    await first.sees("You're listening in another tab")
    await first.page.wait_for_timeout(3000)  # long enough to fight back in
    await second.sees_button("Leave")
    assert RICK_HZ in await second.tones()
    assert await first.silent()


async def test_a_killed_tab_is_gone_from_the_hallway_after_the_grace(
    house: House, browsers: Browsers, http: httpx.AsyncClient
) -> None:
    cj = await sign_in(http, "cj")
    tab = await step_in(browsers, "cj", house.path, alone=True)

    async def here() -> bool:
        return await seat_of(http, house.room_id, cj.user_id) is not None

    async def gone() -> bool:
        return not await here()

    await until("CJ is in the room", here)
    await tab.vanish()
    await until("CJ is gone", gone, seconds=60)


async def test_two_tabs_of_one_browser_are_two_people_also_after_both_reload(browsers: Browsers) -> None:
    context = await browsers.browser()
    rick = await browsers.tab(context, "rick")
    sarah = await browsers.tab(context, "sarah")
    await sarah.sees("Howdy, Sarah")
    await rick.page.reload()
    await sarah.page.reload()
    await rick.sees("Howdy, Rick Sanchez")
    await sarah.sees("Howdy, Sarah")


async def test_counts_in_the_hallway_change_by_themselves(house: House, browsers: Browsers) -> None:
    watcher = await browsers.tab(await browsers.browser())
    lists: list[str] = []
    count = watcher.page.locator(f'[data-room-id="{house.room_id}"] [data-count="participants"]').first
    await count.wait_for(state="attached")
    before = int(await count.inner_text())
    watcher.page.on("request", lambda request: lists.append(request.url) if _is_list(request.url) else None)
    await step_in(browsers, "sarah", house.path)

    async def one_more() -> bool:
        return int(await count.inner_text()) == before + 1

    await until("the count went up", one_more)
    assert lists == [], "no list is asked for after the page was loaded"


async def test_a_refused_microphone_and_a_missing_one_are_told_apart(
    house: House, browsers: Browsers, http: httpx.AsyncClient
) -> None:
    denied = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream=deny"]
    for username, flags, words in (("sarah", denied, "Mic blocked"), ("cj", [], "No mic found")):
        person = await sign_in(http, username)
        tab = await browsers.tab(await browsers.browser(flags), username, house.path)
        await tab.press("Step in")
        await tab.press("Raise hand")
        await house.rick.do("POST", f"/v1/rooms/{house.room_id}/invitations", {"user_id": str(person.user_id)})
        await tab.press("Join the stage")
        await tab.shows_role(person.user_id, "SPEAKER")
        await tab.press("Muted") if await tab.page.get_by_role("button", name="Muted").count() else None
        await tab.sees_button(words)


async def test_a_room_that_does_not_exist_says_so(browsers: Browsers) -> None:
    tab = await browsers.tab(await browsers.browser(), path="/room/00000000-0000-7000-8000-00000000dead")
    await tab.sees("Room does not exist")


def _is_list(url: str) -> bool:
    return url.split("?")[0].rstrip("/").endswith(("/v1/rooms", "/rooms"))
