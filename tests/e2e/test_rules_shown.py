"""The rules of a room as people see them: planned, private, banned, without a host; and why one cannot speak."""

from datetime import UTC, datetime, timedelta

import httpx

from tests.e2e.browsers import FAKE_DEVICE, Browsers, Tab
from tests.people import Person, sign_in
from tests.waiting import until


async def inside(browsers: Browsers, username: str, room_id: str, alone: bool = False) -> Tab:
    tab = await browsers.tab(await browsers.browser(FAKE_DEVICE, alone), username, f"/room/{room_id}")
    await tab.press("Step in")
    await tab.sees_button("Leave")
    return tab


async def on_stage(host: Person, person: Person, room_id: str) -> None:
    await host.do("POST", f"/v1/rooms/{room_id}/invitations", {"user_id": str(person.user_id)})
    await person.do("PUT", f"/v1/rooms/{room_id}/invitations/me", {"answer": "accepted"})


async def test_a_planned_room_is_opened_by_its_host_and_lets_in_who_waits(
    browsers: Browsers, http: httpx.AsyncClient
) -> None:
    rick, sarah = await sign_in(http, "rick"), await sign_in(http, "sarah")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    room_id = await rick.open_room("Tomorrow, maybe", scheduled_for=tomorrow.isoformat())
    waiting = await browsers.tab(await browsers.browser(FAKE_DEVICE), "sarah", f"/room/{room_id}")
    await waiting.sees("Opens tomorrow")
    hall = await browsers.tab(await browsers.browser())
    await hall.sees("Tomorrow, maybe")
    host = await browsers.tab(await browsers.browser(FAKE_DEVICE), "rick", f"/room/{room_id}")
    await host.press("Open now")
    await host.shows_role(rick.user_id, "HOST")
    await waiting.press("Step in")
    await host.shows_role(sarah.user_id, "AUDIENCE")
    await rick.do("POST", f"/v1/rooms/{room_id}/end")


async def test_a_room_is_planned_on_the_start_page(browsers: Browsers, http: httpx.AsyncClient) -> None:
    tab = await browsers.tab(await browsers.browser(FAKE_DEVICE), "rick", "/start")
    await tab.page.get_by_label("What's the room called?").fill("Planned by hand")
    await tab.page.get_by_label("When does it open?").fill(f"{datetime.now() + timedelta(days=2):%Y-%m-%dT20:15}")
    await tab.press("Plan it")
    await tab.sees("at 20:15")
    await tab.press("Cancel it")
    await tab.sees("That's a wrap.")


async def test_who_is_banned_reads_why_and_does_not_come_back(browsers: Browsers, http: httpx.AsyncClient) -> None:
    rick, sarah = await sign_in(http, "rick"), await sign_in(http, "sarah")
    room_id = await rick.open_room("No shouting here")
    host, guest = await inside(browsers, "rick", room_id), await inside(browsers, "sarah", room_id)
    await host.page.locator(f'[data-user-id="{sarah.user_id}"]').first.click()
    await host.press("Ban from room")
    await host.page.get_by_label("Why? They will read it.").fill("shouting")
    await host.press("Ban them")
    await guest.sees("You were banned.")
    await guest.sees("They said: shouting")
    await guest.goto(f"/room/{room_id}")
    await guest.press("Step in")
    await guest.sees("Only its host and moderators can lift that")
    await host.page.get_by_role("tab", name="Log").click()
    await host.sees("banned Sarah")
    await host.press("Lift, Sarah")
    await host.sees("lifted the ban of Sarah")
    await guest.goto(f"/room/{room_id}")
    await guest.press("Step in")
    await guest.sees_button("Leave")
    await rick.do("POST", f"/v1/rooms/{room_id}/end")


async def test_somebody_on_stage_takes_the_keys_of_a_host_who_is_lost(
    browsers: Browsers, http: httpx.AsyncClient
) -> None:
    rick, sarah = await sign_in(http, "rick"), await sign_in(http, "sarah")
    room_id = await rick.open_room("Who has the keys?")
    host, speaker = await inside(browsers, "rick", room_id, alone=True), await inside(browsers, "sarah", room_id)
    await on_stage(rick, sarah, room_id)
    await host.vanish()
    await speaker.sees("stepped out. This room closes in", seconds=60)
    await speaker.press("Take the keys")
    await speaker.shows_role(sarah.user_id, "HOST")
    await sarah.do("POST", f"/v1/rooms/{room_id}/end")


async def test_a_host_who_leaves_hands_the_keys_over(browsers: Browsers, http: httpx.AsyncClient) -> None:
    rick, sarah = await sign_in(http, "rick"), await sign_in(http, "sarah")
    room_id = await rick.open_room("Handing over")
    host, speaker = await inside(browsers, "rick", room_id), await inside(browsers, "sarah", room_id)
    await on_stage(rick, sarah, room_id)
    await host.shows_role(sarah.user_id, "SPEAKER")
    await host.press("Leave quietly")
    await host.press("Hand over and leave")
    await speaker.shows_role(sarah.user_id, "HOST")
    await speaker.shows_role(rick.user_id, None)
    await sarah.do("POST", f"/v1/rooms/{room_id}/end")


async def test_a_listener_reads_why_they_cannot_speak(browsers: Browsers, http: httpx.AsyncClient) -> None:
    rick = await sign_in(http, "rick")
    room_id = await rick.open_room("Only by invitation", policy={"speak": "invite"})
    host, listener = await inside(browsers, "rick", room_id), await inside(browsers, "sarah", room_id)
    await listener.sees("In this room the host invites people to the stage. There are no hands.")
    await host.page.get_by_role("tab", name="Room").click()
    await host.page.get_by_label("Who may speak?").select_option("hand")
    await host.page.get_by_label("Name", exact=True).fill("By hand, too")
    await host.press("Save changes")
    await listener.sees("Raise your hand, and a moderator can invite you up.")
    await listener.sees("By hand, too")
    await host.press("Close hands")
    await listener.sees_button("Hands are closed for now")
    await rick.do("POST", f"/v1/rooms/{room_id}/end")


async def test_a_private_room_is_entered_by_its_link(browsers: Browsers, http: httpx.AsyncClient) -> None:
    rick, cj = await sign_in(http, "rick"), await sign_in(http, "cj")
    room_id = await rick.open_room("Between us", policy={"enter": "private"})
    host = await inside(browsers, "rick", room_id)
    await host.press("Make an invite link")
    link = host.page.get_by_label("Invite link", exact=True)

    async def address() -> str:
        return await link.input_value()

    path = (await until("there is a link", address)).removeprefix(browsers.url)
    outsider = await browsers.tab(await browsers.browser(FAKE_DEVICE), "sarah", f"/room/{room_id}")
    await outsider.sees("Room does not exist")
    invited = await browsers.tab(await browsers.browser(FAKE_DEVICE), "cj", path)
    await invited.press("Step in")
    await host.shows_role(cj.user_id, "AUDIENCE")
    assert "link=" not in invited.page.url
    await rick.do("POST", f"/v1/rooms/{room_id}/end")
