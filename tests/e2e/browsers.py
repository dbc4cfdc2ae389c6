"""Real Chromium with real sound: one process a speaker, since the capture file belongs to the process.

A process serves all tests that want its flags: each has contexts of its own there, which share nothing.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, Playwright, async_playwright

from tests.e2e.tones import TONES, write_tone
from tests.waiting import until

CHROMIUM = "/usr/bin/chromium"
HEARING = (Path(__file__).parent / "hearing.js").read_text()
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FAKE_DEVICE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
SILENT_DB = -80


@dataclass
class Tab:
    """A page, and what a person does and hears in it."""

    page: Page
    url: str
    console: list[str] = field(default_factory=list)

    async def goto(self, path: str) -> None:
        await self.page.goto(self.url + path)

    async def press(self, name: str, seconds: float = 10) -> None:
        """Press the button of this name (or part of it)."""
        await self.page.get_by_role("button", name=name).first.click(timeout=seconds * 1000)

    async def fill(self, label: str, text: str) -> None:
        """Type into the field of just this label."""
        await self.page.get_by_label(label, exact=True).fill(text)

    async def follow(self, name: str) -> None:
        """Press the link of this name."""
        await self.page.get_by_role("link", name=name, exact=True).first.click()

    async def sees(self, text: str, seconds: float = 10) -> None:
        await self.page.get_by_text(text).first.wait_for(state="visible", timeout=seconds * 1000)

    async def sees_button(self, name: str, seconds: float = 10) -> None:
        await self.page.get_by_role("button", name=name).first.wait_for(state="visible", timeout=seconds * 1000)

    async def role_of(self, user_id: object) -> str | None:
        """The role that this page shows for somebody; None when they are not in the room."""
        person = self.page.locator(f'[data-user-id="{user_id}"][data-role]').first
        return await person.get_attribute("data-role", timeout=1000) if await person.count() else None

    async def shows_role(self, user_id: object, role: str | None, seconds: float = 10) -> None:
        async def shown() -> bool:
            return await self.role_of(user_id) == role

        await until(f"{user_id} is shown as {role}", shown, seconds)

    async def tones(self, ms: int = 1200) -> list[int]:
        heard: list[int] = await self.page.evaluate("([tones, ms]) => hearing.tones(tones, ms)", [list(TONES), ms])
        return heard

    async def hears(self, *tones: int, seconds: float = 10) -> None:
        """Wait until each of these tones is heard."""
        missing = set(tones)

        async def heard() -> bool:
            missing.difference_update(await self.tones())
            return not missing

        await until(f"hears {sorted(missing)} ({await self.elements()})", heard, seconds)

    async def silent(self, ms: int = 1000) -> bool:
        """Whether all slots stay under -80 dB for so long."""
        return float(await self.page.evaluate("(ms) => hearing.loudest(ms)", ms)) < SILENT_DB

    async def falls_silent(self, within_seconds: float = 1.0) -> None:
        """Silent after this much time, and for 1 s from then on."""
        await self.page.wait_for_timeout(within_seconds * 1000)
        assert await self.silent(), f"still hears {await self.tones()}"

    async def elements(self) -> object:
        return await self.page.evaluate("hearing.elements()")

    async def packets_sent(self) -> int:
        return int(await self.page.evaluate("packetsSent()"))

    async def vanish(self) -> None:
        """The whole browser, which it had `alone`, is gone, without a word to anybody."""
        if browser := self.page.context.browser:
            await browser.close()

    async def cheat(self) -> None:
        """Put a live track back on the microphone's sender, whatever the client thinks of it."""
        await self.page.evaluate("cheat()")


@dataclass
class Chromium:
    """Launches browsers, and keeps those that tests share."""

    playwright: Playwright
    folder: Path
    shared: dict[tuple[str, ...], Browser] = field(default_factory=dict)

    async def launch(self, flags: Sequence[str]) -> Browser:
        return await self.playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS, *flags], ignore_default_args=["--mute-audio"]
        )

    async def with_flags(self, flags: Sequence[str]) -> Browser:
        if tuple(flags) not in self.shared:
            self.shared[tuple(flags)] = await self.launch(flags)
        return self.shared[tuple(flags)]

    def tone(self, hz: int) -> Path:
        path = self.folder / f"{hz}.wav"
        return path if path.exists() else write_tone(path, hz)


@dataclass
class Browsers:
    """Opens what a test needs, and closes it with the test."""

    chromium: Chromium
    url: str
    open: list[BrowserContext | Browser] = field(default_factory=list)

    async def speaker(self, hz: int) -> BrowserContext:
        """Their microphone plays this tone."""
        return await self.browser([*FAKE_DEVICE, f"--use-file-for-fake-audio-capture={self.chromium.tone(hz)}"])

    async def browser(self, flags: Sequence[str] = (), alone: bool = False) -> BrowserContext:
        """As somebody else's browser. `alone`: in a process that nobody shares, so that it can be killed."""
        browser = await (self.chromium.launch(flags) if alone else self.chromium.with_flags(flags))
        context = await browser.new_context(viewport={"width": 1280, "height": 900})
        self.open.append(browser if alone else context)
        return context

    async def tab(self, context: BrowserContext, username: str | None = None, path: str = "/") -> Tab:
        """A new tab; signed in as one of the demo's people when a username is given."""
        page = await context.new_page()
        await page.add_init_script(HEARING)
        tab = Tab(page, self.url)
        page.on("console", lambda message: tab.console.append(message.text))
        if username:
            await tab.goto(f"/?username={username}")
            await tab.sees("Howdy, ")
            if path != "/":
                await tab.goto(path)
        else:
            await tab.goto(path)
        return tab


@asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Chromium]:
    """`folder`: for the tones that microphones play."""
    async with async_playwright() as playwright:
        each = Chromium(playwright, folder)
        try:
            yield each
        finally:
            for browser in each.shared.values():
                await browser.close()


@asynccontextmanager
async def browsers(chromium: Chromium, url: str) -> AsyncIterator[Browsers]:
    """`url`: of the stack that they look at."""
    each = Browsers(chromium, url)
    try:
        yield each
    finally:
        for opened in reversed(each.open):
            await opened.close()
