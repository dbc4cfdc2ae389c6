"""From the offer to the first voice that one hears, somebody talking, in rooms where many are already."""

import asyncio
import time

from bench.measuring import Figure, percentile
from bench.media import many_sockets
from bench.sound.crowd import crowd
from bench.sound.rooms import Place
from bench.sound.service import Service, service

PRESENT = (100, 400)
JOINS, PAUSE_SECONDS = 60, 0.05
TARGET = "30 ms"


async def measure() -> list[Figure]:
    many_sockets()
    return [await into(present) for present in PRESENT]


async def into(present: int) -> Figure:
    """Milliseconds, of one at a time. The voice has a packet every 20 ms: half of that is waited for on average."""
    async with service({}) as media, crowd(media, [(1, present - 1)], JOINS) as (people, _):
        people.speak(people.speakers[0][0])
        before = media.cpu_seconds()
        took = [await first_sound(media, place) for place in people.absent]
        used = media.cpu_seconds() - before
    more = {"p90": percentile(took, 90), "p99": percentile(took, 99), "busy": used / (sum(took) / 1000)}
    return Figure(f"join to first sound, {present} present", "ms", took, target=TARGET, more=more)


async def first_sound(media: Service, place: Place) -> float:
    began = time.perf_counter()
    client = await media.join(place)
    await client.hears(1)
    took = time.perf_counter() - began
    await client.close()
    await asyncio.sleep(PAUSE_SECONDS)
    return took * 1000
