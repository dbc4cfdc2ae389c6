"""From a moderator's word to silence: a voice of 50 packets a second, and when the last of it is heard."""

import asyncio
from contextlib import AsyncExitStack

import httpx

from bench.measuring import Figure, percentile
from bench.place import whole_stack
from bench.sound.person import stepped_in_with_sound
from hallway import seed
from tests.media_client import MediaClient
from tests.people import Person, sign_in

ROUNDS = 20
SPOKEN_SECONDS, LISTENED_SECONDS = 0.4, 0.8


async def measure() -> list[Figure]:
    async with whole_stack() as stack, AsyncExitStack() as inside:
        await seed.load(stack.url, stack.secrets["loader"])
        http = await inside.enter_async_context(httpx.AsyncClient(base_url=stack.url, timeout=20))
        host, speaker = await sign_in(http, "rick"), await sign_in(http, "sarah")
        room_id = await host.open_room("Moderated")
        ears = await stepped_in_with_sound(stack, host, room_id, inside)
        mouth = await stepped_in_with_sound(stack, speaker, room_id, inside)
        await host.do("POST", f"/v1/rooms/{room_id}/invitations", {"user_id": str(speaker.user_id)})
        await speaker.do("PUT", f"/v1/rooms/{room_id}/invitations/me", {"answer": "accepted"})
        talking = asyncio.create_task(mouth.speak(600))
        took = [await _muted(host, speaker, room_id, ears) for _ in range(ROUNDS)]
        talking.cancel()
    more = {"p50": percentile(took, 50), "p99": percentile(took, 99)}
    return [Figure("from a mute's answer to silence", "ms", took, target="300", more=more)]


async def _muted(host: Person, speaker: Person, room_id: str, ears: MediaClient) -> float:
    """Milliseconds for which the voice was heard on; the speaker undoes it afterwards."""
    await ears.hears(len(ears.heard) + round(SPOKEN_SECONDS * 50), seconds=10)
    await host.do("POST", f"/v1/rooms/{room_id}/participants/{speaker.user_id}/mute")
    clock = asyncio.get_running_loop().time
    answered, before, last = clock(), len(ears.heard), 0.0
    while clock() - answered < LISTENED_SECONDS:
        await asyncio.sleep(0.002)
        if len(ears.heard) > before:
            before, last = len(ears.heard), clock() - answered
    await speaker.do("PUT", f"/v1/rooms/{room_id}/microphone", {"on": True})
    return last * 1000
