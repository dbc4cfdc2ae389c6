"""Three people, one room: who is heard, by whom, and when no longer."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.e2e.browsers import Browsers, Tab
from tests.people import Person, sign_in
from tests.waiting import until

RICK_HZ, SARAH_HZ, CJ_HZ = 660, 880, 1320
MICROPHONE_FMTP = """
connections.at(-1).getStats().then((stats) => {
  const sent = [...stats.values()].find(({ type }) => type === "outbound-rtp");
  return stats.get(sent.codecId).sdpFmtpLine;
})
"""


class Stage:
    """Rick hosts a room of his own and speaks; Sarah and CJ stepped in as listeners."""

    def __init__(self, room_id: str, rick: Person, sarah: Person, cj: Person) -> None:
        self.room_id, self.path = room_id, f"/room/{room_id}"
        self.rick, self.sarah, self.cj = rick, sarah, cj
        self.tabs: dict[str, Tab] = {}

    async def enter(self, browsers: Browsers, username: str, hz: int) -> Tab:
        tab = await browsers.tab(await browsers.speaker(hz), username, self.path)
        await tab.press("Step in")
        await tab.sees_button("Leave")
        self.tabs[username] = tab
        return tab

    async def bring_up(self, person: Person, tab: Tab) -> None:
        """A raised hand, an invitation, an acceptance, and the microphone on."""
        await tab.press("Raise hand")
        await tab.sees_button("Lower hand")
        await self.rick.do("POST", f"/v1/rooms/{self.room_id}/invitations", {"user_id": str(person.user_id)})
        await tab.press("Join the stage")
        await tab.shows_role(person.user_id, "SPEAKER")
        await tab.press("Muted")
        await tab.sees_button("You're live")


@pytest.fixture
async def stage(browsers: Browsers, http: httpx.AsyncClient) -> AsyncIterator[Stage]:
    rick, sarah, cj = [await sign_in(http, name) for name in ("rick", "sarah", "cj")]
    stage = Stage(await rick.open_room("Voices"), rick, sarah, cj)
    host = await stage.enter(browsers, "rick", RICK_HZ)
    await host.press("Muted")
    await host.sees_button("You're live")
    await stage.enter(browsers, "sarah", SARAH_HZ)
    await stage.enter(browsers, "cj", CJ_HZ)
    yield stage
    await rick.send("POST", f"/v1/rooms/{stage.room_id}/end")


async def test_a_raised_hand_becomes_a_voice_that_everybody_else_hears(stage: Stage) -> None:
    rick, sarah, cj = (stage.tabs[name] for name in ("rick", "sarah", "cj"))
    await sarah.hears(RICK_HZ)  # joining by a click plays at once
    await cj.hears(RICK_HZ)
    await stage.bring_up(stage.sarah, sarah)
    await rick.hears(SARAH_HZ)
    await cj.hears(RICK_HZ, SARAH_HZ)
    assert SARAH_HZ not in await sarah.tones(), "nobody hears themselves"


async def test_moved_to_the_audience_one_is_silent_within_a_second_even_with_a_track_put_back(stage: Stage) -> None:
    rick, sarah = stage.tabs["rick"], stage.tabs["sarah"]
    await stage.bring_up(stage.sarah, sarah)
    await rick.hears(SARAH_HZ)
    await stage.rick.do(
        "PUT", f"/v1/rooms/{stage.room_id}/participants/{stage.sarah.user_id}/role", {"role": "AUDIENCE"}
    )
    await rick.falls_silent()
    await sarah.shows_role(stage.sarah.user_id, "AUDIENCE")
    await _sends_and_is_not_heard(sarah, rick)


async def test_a_moderators_mute_is_undone_only_by_its_owner(stage: Stage) -> None:
    rick, sarah = stage.tabs["rick"], stage.tabs["sarah"]
    await stage.bring_up(stage.sarah, sarah)
    await rick.hears(SARAH_HZ)
    await stage.rick.do("POST", f"/v1/rooms/{stage.room_id}/participants/{stage.sarah.user_id}/mute")
    await rick.falls_silent()
    await sarah.sees_button("Muted by")
    await _sends_and_is_not_heard(sarah, rick)
    await sarah.press("Muted by")
    await sarah.sees_button("You're live")
    await rick.hears(SARAH_HZ)


async def test_leaving_is_silent_at_once(stage: Stage) -> None:
    sarah = stage.tabs["sarah"]
    await sarah.hears(RICK_HZ)
    await sarah.press("Leave")
    assert await sarah.silent(), "no slot has sound after the press"
    await stage.tabs["rick"].shows_role(stage.sarah.user_id, None)


async def test_a_microphone_sends_opus_that_mends_losses_and_rests_in_silence_in_packets_of_40_ms(stage: Stage) -> None:
    rick = stage.tabs["rick"]
    fmtp = await rick.page.evaluate(MICROPHONE_FMTP)
    assert {"useinbandfec=1", "usedtx=1"} <= set(fmtp.split(";")), fmtp
    clock, before = asyncio.get_running_loop().time, await rick.packets_sent()
    began = clock()

    async def a_hundred_more() -> bool:
        return await rick.packets_sent() >= before + 100

    await until("a hundred packets are sent", a_hundred_more)
    assert (clock() - began) / 100 > 0.03, "seconds of sound in a packet"


async def _sends_and_is_not_heard(speaker: Tab, listener: Tab) -> None:
    """A client that puts its track back sends, and is not heard: the rule is where the audio is."""
    await speaker.cheat()
    before = await speaker.packets_sent()
    assert await listener.silent(2000)
    assert await speaker.packets_sent() > before + 20
