"""In Chromium: from the press of "Step in" to the first sound, somebody talking all the while."""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from itertools import cycle
from pathlib import Path

import httpx
from playwright.async_api import async_playwright

from bench.measuring import Figure, percentile
from bench.place import whole_stack
from bench.sound.voice import tone
from hallway import seed
from hallway.stack import Stack
from tests.e2e.browsers import FAKE_DEVICE, Browsers, browsers
from tests.media_client import MediaClient
from tests.people import Person, sign_in
from tests.sockets import stepped_in

ROUNDS = 15
PRESS = (Path(__file__).parent / "sound" / "press.js").read_text()
PACKET_SECONDS = 0.02


async def measure() -> list[Figure]:
    async with AsyncExitStack() as inside:
        stack = await inside.enter_async_context(whole_stack())
        await seed.load(stack.url, stack.secrets["loader"])
        http = await inside.enter_async_context(httpx.AsyncClient(base_url=stack.url, timeout=20))
        host = await sign_in(http, "rick")
        room_id = await host.open_room("Pressed")
        talking = asyncio.create_task(talk(await mouth(stack, host, room_id, inside)))
        playwright = await inside.enter_async_context(async_playwright())
        folder = Path(inside.enter_context(tempfile.TemporaryDirectory()))
        each = await inside.enter_async_context(browsers(playwright, stack.url, folder))
        took = [await first_sound(each, f"/room/{room_id}") for _ in range(ROUNDS)]
        talking.cancel()
    more = {"p90": percentile(took, 90)}
    return [Figure("from the press to the first sound, Chromium", "ms", took, target="200", more=more)]


async def mouth(stack: Stack, person: Person, room_id: str, inside: AsyncExitStack) -> MediaClient:
    joined, _ = await inside.enter_async_context(stepped_in(stack.url, person, room_id))
    client = MediaClient()
    headers = {"Authorization": f"Bearer {joined['tickets']['media']}", "Content-Type": "application/sdp"}
    answer = await person.http.post(f"/v1/rooms/{room_id}/media", content=client.offer, headers=headers)
    await client.connect(answer.raise_for_status().text, host="127.0.0.1")
    inside.callback(client.vanish)
    return client


async def talk(client: MediaClient) -> None:
    """A packet every 20 ms, whatever else is going on."""
    clock = asyncio.get_running_loop().time
    due = clock()
    for payload in cycle(tone(500)):
        client.say(payload=payload)
        due += PACKET_SECONDS
        await asyncio.sleep(due - clock())


async def first_sound(each: Browsers, path: str) -> float:
    """In a browser that was never here before."""
    context = await each.browser(FAKE_DEVICE)
    tab = await each.tab(context, "sarah", path)
    await tab.page.add_init_script(PRESS)
    await tab.page.reload()
    await tab.sees_button("Step in")
    await tab.press("Step in")
    took = float(await tab.page.evaluate("firstSound"))
    await tab.press("Leave")
    await tab.vanish()
    return took
