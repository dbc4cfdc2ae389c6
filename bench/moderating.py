"""From a moderator's word to silence: a voice of 50 packets a second, and when the last of it is heard."""

import asyncio
from contextlib import AsyncExitStack

import httpx

from bench.measuring import Figure, percentile
from bench.place import whole_stack
from hallway import seed
from hallway.stack import Stack
from tests.media_client import MediaClient
from tests.people import Person, sign_in
from tests.sockets import stepped_in

ROUNDS = 20
SPOKEN_SECONDS, LISTENED_SECONDS = 0.4, 0.8


async def measure() -> list[Figure]:
    async with whole_stack() as stack, AsyncExitStack() as inside:
        await seed.load(stack.url, stack.secrets["loader"])
        http = await inside.enter_async_context(httpx.AsyncClient(base_url=stack.url, timeout=20))
        host, speaker = await sign_in(http, "rick"), await sign_in(http, "sarah")
        room_id = await host.open_room("Moderated")
        ears = await _sound(stack, host, room_id, inside)
        mouth = await _sound(stack, speaker, room_id, inside)
        await host.do("POST", f"/v1/rooms/{room_id}/invitations", {"user_id": str(speaker.user_id)})
        await speaker.do("PUT", f"/v1/rooms/{room_id}/invitations/me", {"answer": "accepted"})
        talking = asyncio.create_task(mouth.speak(600))
        took = [await _muted(host, speaker, room_id, ears) for _ in range(ROUNDS)]
        talking.cancel()
    more = {"p50": percentile(took, 50), "p99": percentile(took, 99)}
    return [Figure("from a mute's answer to silence", "ms", took, target="300", more=more)]


async def _sound(stack: Stack, person: Person, room_id: str, inside: AsyncExitStack) -> MediaClient:
    joined, _ = await inside.enter_async_context(stepped_in(stack.url, person, room_id))
    client = MediaClient()
    headers = {"Authorization": f"Bearer {joined['tickets']['media']}", "Content-Type": "application/sdp"}
    answer = await person.http.post(f"/v1/rooms/{room_id}/media", content=client.offer, headers=headers)
    await client.connect(answer.raise_for_status().text, host="127.0.0.1")
    inside.callback(client.vanish)
    return client


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
