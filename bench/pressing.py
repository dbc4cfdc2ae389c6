"""In Chromium: from the press of "Step in" to the first sound, somebody talking all the while."""

import asyncio
import statistics
import tempfile
from collections.abc import Mapping
from contextlib import AsyncExitStack
from itertools import cycle
from pathlib import Path

import httpx

from bench.measuring import Figure, percentile
from bench.place import whole_stack
from bench.sound.person import stepped_in_with_sound
from bench.sound.voice import tone
from hallway import seed
from tests.e2e.browsers import FAKE_DEVICE, Browsers, browsers, chromium
from tests.media_client import MediaClient
from tests.people import sign_in

ROUNDS = 15
PRESS = (Path(__file__).parent / "sound" / "press.js").read_text()
PACKET_SECONDS = 0.02
STEPS = ("offered", "join asked", "join told", "media asked", "media told", "answered", "connected", "first packet")


async def measure() -> list[Figure]:
    async with AsyncExitStack() as inside:
        stack = await inside.enter_async_context(whole_stack())
        await seed.load(stack.url, stack.secrets["loader"])
        http = await inside.enter_async_context(httpx.AsyncClient(base_url=stack.url, timeout=20))
        host = await sign_in(http, "rick")
        room_id = await host.open_room("Pressed")
        talking = asyncio.create_task(talk(await stepped_in_with_sound(stack, host, room_id, inside)))
        folder = Path(inside.enter_context(tempfile.TemporaryDirectory()))
        launched = await inside.enter_async_context(chromium(folder))
        each = await inside.enter_async_context(browsers(launched, stack.url))
        took = [await first_sound(each, f"/room/{room_id}") for _ in range(ROUNDS)]
        talking.cancel()
    heard = [each["heard"] for each in took]
    on_the_way = {step: statistics.median(each.get(step, each["heard"]) for each in took) for step in STEPS}
    more = {"p90": percentile(heard, 90), **on_the_way}
    return [Figure("from the press to the first sound, Chromium", "ms", heard, target="200", more=more)]


async def talk(client: MediaClient) -> None:
    """A packet every 20 ms, whatever else is going on."""
    clock = asyncio.get_running_loop().time
    due = clock()
    for payload in cycle(tone(500)):
        client.say(payload=payload)
        due += PACKET_SECONDS
        await asyncio.sleep(due - clock())


async def first_sound(each: Browsers, path: str) -> Mapping[str, float]:
    """Milliseconds to each step, in a browser that was never here before."""
    context = await each.browser(FAKE_DEVICE, alone=True)
    tab = await each.tab(context, "sarah", path)
    await tab.page.add_init_script(PRESS)
    await tab.page.reload()
    await tab.sees_button("Step in")
    await tab.press("Step in")
    took: Mapping[str, float] = await tab.page.evaluate("firstSound")
    await tab.press("Leave")
    await tab.vanish()
    return took
