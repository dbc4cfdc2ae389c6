"""The hallway as a page: search, doors for you, lamps, and a stream that is closed while nobody looks."""

from collections.abc import AsyncIterator

import httpx
import pytest
from playwright.async_api import Request, expect

from tests.e2e.browsers import Browsers, Tab
from tests.people import sign_in
from tests.waiting import until

HIDE = """hidden => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


class Streams:
    """Streams of the hallway that a tab has open."""

    def __init__(self, tab: Tab) -> None:
        self._open: set[Request] = set()
        tab.page.on("request", lambda request: self._open.add(request) if "/hallway/stream" in request.url else None)
        for over in ("requestfailed", "requestfinished"):
            tab.page.on(over, lambda request: self._open.discard(request))

    async def are(self, count: int) -> None:
        async def so() -> bool:
            return len(self._open) == count

        await until(f"{count} streams are open", so, 10)


@pytest.fixture
async def talk(browsers: Browsers, http: httpx.AsyncClient) -> AsyncIterator[str]:
    """A room where Rick speaks."""
    rick = await sign_in(http, "rick")
    room_id = await rick.open_room("Lamps and voices")
    tab = await browsers.tab(await browsers.speaker(660), "rick", f"/room/{room_id}")
    await tab.press("Step in")
    await tab.press("Muted")
    await tab.sees_button("You're live")
    yield room_id
    await rick.send("POST", f"/v1/rooms/{room_id}/end")


async def test_search_finds_rooms_clubs_and_people_while_one_types(browsers: Browsers) -> None:
    tab = await browsers.tab(await browsers.browser(), "sarah")
    await tab.page.keyboard.press("/")
    await tab.page.keyboard.type("portls")
    await expect(tab.page.get_by_role("region", name="Rooms", exact=True)).to_contain_text(
        "Portals: what could go wrong"
    )
    await tab.page.get_by_label("Search rooms").fill("concil of ricks")
    await expect(tab.page.get_by_role("region", name="Clubs", exact=True)).to_contain_text("The Council of Ricks")
    await tab.page.get_by_label("Search rooms").fill("rick sanchz")
    await expect(tab.page.get_by_role("region", name="People", exact=True)).to_contain_text("Rick Sanchez")
    await tab.page.get_by_label("Search rooms").fill("qqqqq")
    await tab.sees("Nothing like")
    await expect(tab.page.get_by_text("Everything live")).to_be_hidden()
    await tab.page.keyboard.press("Escape")
    await tab.sees("Everything live")


async def test_doors_for_you_say_why_they_are_there(browsers: Browsers, http: httpx.AsyncClient, talk: str) -> None:
    sarah = await sign_in(http, "sarah")
    rick = await sign_in(http, "rick")
    await sarah.do("PUT", f"/v1/me/following/{rick.user_id}")
    tab = await browsers.tab(await browsers.browser(), "sarah")
    await tab.press("For you")
    card = tab.page.locator(f'[data-room-id="{talk}"]')
    await expect(card).to_contain_text("Rick Sanchez, whom you follow, is on stage")
    await rick.open_room("Opened since")
    await tab.press("1 new door")
    await tab.sees("Opened since")
    await tab.page.reload()
    await expect(card).to_contain_text("whom you follow")


async def test_a_lamp_is_lit_while_somebody_talks_behind_the_door(browsers: Browsers, talk: str) -> None:
    tab = await browsers.tab(await browsers.browser())
    card = tab.page.locator(f'[data-room-id="{talk}"]').first
    await expect(card).to_contain_text("Rick Sanchez is talking", timeout=10_000)
    await expect(card.locator(".nook")).to_have_class("nook lit")


async def test_the_stream_is_closed_in_a_hidden_tab_and_inside_a_room(browsers: Browsers, talk: str) -> None:
    tab = await browsers.tab(await browsers.browser(), "sarah")
    streams = Streams(tab)
    await tab.page.reload()
    await streams.are(1)
    await tab.page.evaluate(HIDE, True)
    await streams.are(0)
    await tab.page.evaluate(HIDE, False)
    await streams.are(1)
    await tab.page.locator(f'[data-room-id="{talk}"] a.go, [data-room-id="{talk}"] a.row').first.click()
    await tab.sees_button("Leave")
    await streams.are(0)
