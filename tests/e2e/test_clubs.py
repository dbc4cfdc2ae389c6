"""A club from its founding: who comes in, who runs it, who is kept out."""

from uuid import uuid4

import httpx
import pytest

from tests.e2e.browsers import Browsers, Tab
from tests.people import sign_in


class Founded:
    """Rick founded a club whom one asks to come in, and looks at it."""

    def __init__(self, tab: Tab, name: str) -> None:
        self.tab, self.name = tab, name
        self.path = tab.page.url.removeprefix(tab.url)


@pytest.fixture
async def club(browsers: Browsers) -> Founded:
    tab = await browsers.tab(await browsers.browser(), "rick", "/clubs")
    name = f"Night owls {uuid4().hex[:8]}"
    await tab.follow("Found a club")
    await tab.fill("Name", name)
    await tab.page.get_by_label("Topic").select_option(index=1)
    await tab.fill("What is it about? (if you like)", "For those who are up.")
    await tab.page.get_by_label("Join by asking").check()
    await tab.fill("Rules of the house (if you like)", "Whisper.")
    await tab.press("Found it")
    await tab.sees("You founded it.")
    await tab.sees("Whisper.")
    return Founded(tab, name)


async def member(club: Founded, browsers: Browsers, username: str) -> Tab:
    """Asked, and was let in."""
    tab = await browsers.tab(await browsers.browser(), username, club.path)
    await tab.press("Ask to join")
    await tab.sees("Asked. An admin will answer.")
    await club.tab.page.reload()
    await club.tab.press("Let in ")
    await club.tab.page.get_by_role("heading", name="Asking to come in").wait_for(state="detached")
    await tab.page.reload()
    await tab.sees_button("Leave")
    return tab


async def test_somebody_searches_asks_and_is_let_in(club: Founded, browsers: Browsers) -> None:
    stranger = await browsers.tab(await browsers.browser(), "sarah", "/clubs")
    await stranger.page.get_by_label("Search clubs").fill(club.name)
    await stranger.page.get_by_role("heading", name=club.name).click()
    await stranger.sees("For those who are up.")
    await member(club, browsers, "sarah")
    await club.tab.sees("2 members")


async def test_a_member_becomes_admin_and_gets_the_club(
    club: Founded, browsers: Browsers, http: httpx.AsyncClient
) -> None:
    sarah = await sign_in(http, "sarah")
    tab = await member(club, browsers, "sarah")
    await club.tab.press(f"More about {sarah.name}")
    await club.tab.press(f"Make an admin of {sarah.name}")
    await club.tab.press(f"Make an admin of {sarah.name}")
    await tab.page.reload()
    await tab.page.get_by_role("link", name="Run the club").wait_for()
    await club.tab.press(f"Hand the club over to {sarah.name}")
    await club.tab.press(f"Hand the club over to {sarah.name}")
    await club.tab.sees_button("Leave the club")
    await tab.page.reload()
    await tab.sees("You founded it.")


async def test_an_invitation_is_accepted_on_ones_own_page(
    club: Founded, browsers: Browsers, http: httpx.AsyncClient
) -> None:
    sarah = await sign_in(http, "sarah")
    await club.tab.follow("Run the club")
    await club.tab.fill("Username", "nobody_has_this")
    await club.tab.press("Invite")
    await club.tab.sees('Nobody has the username "nobody_has_this".')
    await club.tab.fill("Username", "@sarah")
    await club.tab.press("Invite")
    await club.tab.sees(f"{sarah.name} is invited.")
    tab = await browsers.tab(await browsers.browser(), "sarah", "/me")
    await tab.press(f"Join {club.name}")
    await tab.goto(club.path)
    await tab.press("Leave the club")
    await tab.press("Leave the club")
    await tab.sees_button("Ask to join")


async def test_who_is_banned_stays_out_until_it_is_lifted(
    club: Founded, browsers: Browsers, http: httpx.AsyncClient
) -> None:
    sarah = await sign_in(http, "sarah")
    tab = await member(club, browsers, "sarah")
    await club.tab.press(f"More about {sarah.name}")
    await club.tab.press(f"Ban {sarah.name}")
    await club.tab.press(f"Ban {sarah.name}")
    await club.tab.sees("1 member,")
    await tab.page.reload()
    await tab.sees("You're banned from this club.")
    await club.tab.follow("Run the club")
    await club.tab.press(f"Lift the ban of {sarah.name}")
    await club.tab.page.get_by_role("heading", name="Banned").wait_for()
    await club.tab.sees("Nobody.")
    await tab.page.reload()
    await tab.sees_button("Ask to join")


async def test_somebody_is_followed_and_blocked_on_their_page(browsers: Browsers, http: httpx.AsyncClient) -> None:
    cj = await sign_in(http, "cj")
    tab = await browsers.tab(await browsers.browser(), "sarah", "/person/cj")
    await tab.press(f"Follow {cj.name}")
    await tab.sees_button(f"Following {cj.name}")
    await tab.page.get_by_role("link", name="follower").first.click()
    await tab.sees(f"Who follows {cj.name}")
    await tab.sees("Sarah")
    await tab.goto("/person/cj")
    await tab.press(f"Block {cj.name}")
    await tab.press(f"Block {cj.name}")
    await tab.sees(f"You blocked {cj.name}.")
    await tab.goto("/me")
    await tab.press(f"Unblock {cj.name}")
    await tab.sees("Nobody. You can block somebody on their page.")
