"""An account from its first day to its last, in real browsers: mail, profile, devices, a new password, erasure."""

import re
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest

from hallway.stack import Stack
from tests.e2e.browsers import FAKE_DEVICE, Browsers, Tab
from tests.people import sign_in
from tests.waiting import until

PASSWORD = "a door left ajar"
LINK = re.compile(r"https?://\S+(/\S+#token=\S+)")


class Newcomer:
    """Somebody whom no other test knows."""

    def __init__(self) -> None:
        self.username = f"ada_{uuid4().hex[:10]}"
        self.email = f"{self.username}@example.org"

    async def joins(self, tab: Tab) -> None:
        """By the form that is open."""
        await tab.fill("Pick a name people will hear.", "Ada Byron")
        await tab.fill("Username", self.username)
        await tab.fill("E-mail (if you like)", self.email)
        await tab.fill("Password", PASSWORD)
        await tab.press("Join Hallway")

    async def signs_in(self, tab: Tab, password: str = PASSWORD) -> None:
        await tab.goto("/sign-in?to=/me")
        await tab.fill("Username", self.username)
        await tab.fill("Password", password)
        await tab.page.locator("form").get_by_role("button", name="Sign in", exact=True).click()

    async def founds(self, http: httpx.AsyncClient, name: str) -> str:
        """A club, from some other program with cookies of its own."""
        async with httpx.AsyncClient(base_url=http.base_url) as program:
            session = await program.post("/v1/sessions", json={"username": self.username, "password": PASSWORD})
            bearer = {"Authorization": f"Bearer {session.json()['access_token']}"}
            club = await program.post("/v1/clubs", json={"name": name, "topic": "Science"}, headers=bearer)
        return str(club.json()["id"])


@pytest.fixture
async def mail(impatient: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=impatient.mail_url) as client:
        yield client


async def mailed(mail: httpx.AsyncClient, to: str, page: str) -> str:
    """The path of the newest link to this page that came to that address."""

    async def link() -> str | None:
        texts = [row["text"] for row in (await mail.get("/mails", params={"to": to})).json()]
        links = [found[1] for text in texts if (found := LINK.search(text))]
        return next((path for path in links if path.startswith(page)), None)

    return await until(f"a link to {page} is mailed to {to}", link)


@pytest.fixture
async def ada(browsers: Browsers) -> tuple[Newcomer, Tab]:
    """Ada has just joined, and looks at her account."""
    newcomer, tab = Newcomer(), await browsers.tab(await browsers.browser(), path="/sign-in?new&to=/me")
    await newcomer.joins(tab)
    await tab.sees("Your profile")
    return newcomer, tab


async def test_somebody_new_verifies_their_mail_and_says_who_they_are(
    ada: tuple[Newcomer, Tab], mail: httpx.AsyncClient
) -> None:
    newcomer, tab = ada
    await tab.sees("Not verified yet")
    await tab.goto(await mailed(mail, newcomer.email, "/verify"))
    await tab.sees("That's your mailbox.")
    assert "token" not in tab.page.url
    await tab.follow("Your account")
    await tab.sees("Verified")
    await tab.fill("Name", "Ada Lovelace")
    await tab.fill("About you (if you like)", "Weaves numbers.\nLikes engines.")
    await tab.fill("Links (if you like)", "ftp://example.org")
    await tab.press("Save")
    await tab.sees("is no address that begins with https://")
    await tab.fill("Links (if you like)", "https://example.org/ada")
    await tab.press("Save")
    await tab.sees("Saved.")
    await tab.follow("See your page")
    await tab.sees("Weaves numbers.")
    link = tab.page.get_by_role("link", name="example.org/ada")
    assert await link.get_attribute("rel") == "noopener nofollow ugc"
    assert await tab.page.get_by_role("heading", name="Ada Lovelace").is_visible()


async def test_a_forgotten_password_is_mailed_about_and_ends_other_sessions(
    ada: tuple[Newcomer, Tab], mail: httpx.AsyncClient, browsers: Browsers
) -> None:
    newcomer, tab = ada
    await tab.goto(await mailed(mail, newcomer.email, "/verify"))
    await tab.sees("That's your mailbox.")
    elsewhere = await browsers.tab(await browsers.browser(), path="/forgot")
    await elsewhere.fill("Username", newcomer.username)
    await elsewhere.press("Send the link")
    await elsewhere.sees("Look in your mail.")
    await elsewhere.goto(await mailed(mail, newcomer.email, "/reset"))
    await elsewhere.fill("New password", "another door ajar")
    await elsewhere.press("Set it and sign in")
    await elsewhere.sees("New password set.")
    assert "token" not in elsewhere.page.url
    await tab.goto("/me")
    await tab.sees("Come on in.")
    await newcomer.signs_in(tab)
    await tab.sees("That password doesn't match.")
    await newcomer.signs_in(tab, "another door ajar")
    await tab.sees("Your profile")


async def test_a_device_is_signed_out_from_another(ada: tuple[Newcomer, Tab], browsers: Browsers) -> None:
    newcomer, tab = ada
    elsewhere = await browsers.tab(await browsers.browser(), path="/")
    await newcomer.signs_in(elsewhere)
    await elsewhere.sees("Your profile")
    await tab.page.reload()
    await tab.sees("This device")
    other = tab.page.locator("[data-device-id]").filter(has_not_text="This device")
    await other.get_by_role("button").click()
    await other.wait_for(state="detached")
    await elsewhere.page.reload()
    await elsewhere.sees("Come on in.")


async def test_somebody_takes_their_data_along_and_is_a_former_member(
    ada: tuple[Newcomer, Tab], http: httpx.AsyncClient, browsers: Browsers
) -> None:
    newcomer, tab = ada
    async with tab.page.expect_download() as download:
        await tab.press("Download it")
    assert (await download.value).suggested_filename == f"hallway-{newcomer.username}.zip"
    club_id = await newcomer.founds(http, "Engines and looms")
    await tab.press("Erase my account")
    await tab.fill("Your password, to be sure it is you", "not this one")
    await tab.press("Erase it for good")
    await tab.page.get_by_role("alert").first.wait_for()
    await tab.fill("Your password, to be sure it is you", PASSWORD)
    await tab.press("Erase it for good")
    await tab.sees("Your account is erased.")
    await tab.page.reload()
    await tab.page.get_by_role("link", name="Sign in").first.wait_for()
    stranger = await browsers.tab(await browsers.browser(), path=f"/person/{newcomer.username}")
    await stranger.sees("Nobody by that name.")
    await stranger.goto(f"/club/{club_id}")
    await stranger.sees("Engines and looms")
    await stranger.sees("a former member")


async def test_a_guest_who_makes_an_account_keeps_the_seat_and_may_raise_a_hand(
    browsers: Browsers, http: httpx.AsyncClient
) -> None:
    rick = await sign_in(http, "rick")
    room_id = await rick.open_room("Guests become members")
    host = await browsers.tab(await browsers.browser(FAKE_DEVICE), "rick", f"/room/{room_id}")
    await host.press("Step in")
    await host.sees_button("Leave")
    tab = await browsers.tab(await browsers.browser(FAKE_DEVICE), path=f"/room/{room_id}")
    await tab.press("Listen in")
    await tab.sees_button("Leave")

    async def seats() -> list[tuple[str, int]]:
        room = (await http.get(f"/v1/rooms/{room_id}")).json()["room"]
        return [(person["user_id"], person["seat"]) for person in room["audience"]]

    before = await until("the guest is seen in the room", seats)
    await tab.follow("Sign in to speak")
    await tab.follow("Make an account")
    await Newcomer().joins(tab)
    await tab.page.wait_for_url(f"**/room/{room_id}")
    await tab.press("Raise hand")
    await tab.sees_button("Hand up, 1st in line")
    assert await seats() == before
    await host.sees("Ada Byron")
    await rick.do("POST", f"/v1/rooms/{room_id}/end")
