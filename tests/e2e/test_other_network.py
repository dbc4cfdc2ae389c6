"""A laptop wakes up on another network: sound takes another path, and the microphone is as it was."""

import httpx

from tests.e2e.browsers import FAKE_DEVICE, Browsers, Tab
from tests.people import sign_in
from tests.waiting import until

RICK_HZ = 660
ICE_UFRAG = "connections.at(-1).localDescription.sdp.match(/ice-ufrag:(.*)/)[1]"


async def changes_network(tab: Tab) -> list[tuple[str, int]]:
    """Offline and online again, and what the page then asked of the media routes, with the answers' statuses."""
    asked: list[tuple[str, int]] = []
    tab.page.on(
        "response",
        lambda answer: asked.append((answer.request.method, answer.status)) if "/media" in answer.url else None,
    )
    before = await tab.page.evaluate(ICE_UFRAG)
    await tab.page.context.set_offline(True)
    await tab.page.wait_for_timeout(500)
    await tab.page.context.set_offline(False)

    async def restarted() -> bool:
        return bool(asked) and bool(await tab.page.evaluate(ICE_UFRAG) != before)

    await until("the page looked for another path", restarted, seconds=20)
    return asked


async def test_a_speaker_and_a_listener_change_their_network_and_the_voice_goes_on(
    browsers: Browsers, http: httpx.AsyncClient
) -> None:
    rick = await sign_in(http, "rick")
    room_id = await rick.open_room("On the move")
    speaker = await browsers.tab(await browsers.speaker(RICK_HZ), "rick", f"/room/{room_id}")
    await speaker.press("Step in")
    await speaker.press("Muted")
    await speaker.sees_button("You're live")
    listener = await browsers.tab(await browsers.browser(FAKE_DEVICE), "sarah", f"/room/{room_id}")
    await listener.press("Step in")
    await listener.hears(RICK_HZ)
    for tab in (speaker, listener):
        assert await changes_network(tab) == [("PATCH", 200)], "the same session, and no other one"
        await listener.hears(RICK_HZ, seconds=2)
        await speaker.sees_button("You're live")
        assert await tab.page.evaluate("connections.length") == 1
    await rick.send("POST", f"/v1/rooms/{room_id}/end")
