"""Proof at size: one room of 2,000 listeners in conversation, and 300 rooms of seven; everything heard is checked."""

import asyncio
from collections.abc import Sequence

from bench.measuring import Figure, percentile
from bench.media import many_sockets
from bench.sound.crowd import Crowd, crowd
from bench.sound.service import Service, service

TURNS, TURN_SECONDS, OVERLAP_SECONDS = 8, 2.0, 0.3
PACKETS_MS = (40, 20)
SETTLE_SECONDS = 6.0  # what an overloaded node still has to send
TARGET = "lost < 0.001"


async def measure() -> list[Figure]:
    many_sockets()
    return [*await one_large_room(), *await many_small_rooms()]


async def one_large_room() -> list[Figure]:
    """Five who speak in turn, each a little before the one before is done."""
    async with service({"MEDIA_LOOPS": "1"}) as media, crowd(media, [(5, 2_000)]) as (people, rate):
        return [await _conversation(media, people, packet_ms, rate) for packet_ms in PACKETS_MS]


async def many_small_rooms() -> list[Figure]:
    """One speaks in each, six listen."""
    async with service({}) as media, crowd(media, [(1, 6)] * 300) as (people, rate):
        return [await _all_at_once(media, people, packet_ms, rate) for packet_ms in PACKETS_MS]


async def _conversation(media: Service, people: Crowd, packet_ms: int, rate: float) -> Figure:
    people.forget()
    began = media.cpu_seconds()
    for turn in range(TURNS):
        now, before = people.speakers[0][turn % 5], people.speakers[0][(turn - 1) % 5]
        people.speak(before, now, packet_ms=packet_ms)
        await asyncio.sleep(OVERLAP_SECONDS)
        people.speak(now, packet_ms=packet_ms)
        await asyncio.sleep(TURN_SECONDS - OVERLAP_SECONDS)
    name = f"one room, 2,000 listeners, 5 speakers in turn, packets of {packet_ms} ms"
    return await heard(name, people, media.cpu_seconds() - began, rate)


async def _all_at_once(media: Service, people: Crowd, packet_ms: int, rate: float) -> Figure:
    people.forget()
    began = media.cpu_seconds()
    people.speak(*(speakers[0] for speakers in people.speakers), packet_ms=packet_ms)
    await asyncio.sleep(TURNS * TURN_SECONDS)
    return await heard(f"300 rooms of 7, packets of {packet_ms} ms", people, media.cpu_seconds() - began, rate)


async def heard(name: str, people: Crowd, cpu_seconds: float, joins_a_second: float) -> Figure:
    people.speak()
    await asyncio.sleep(SETTLE_SECONDS)
    found = people.heard()
    delays: Sequence[float] = found.delays_ms
    more = {
        "lost": found.loss,
        "not_authentic": float(found.wrong),
        "p50_ms": percentile(delays, 50),
        "p99_ms": percentile(delays, 99),
        "p99.9_ms": percentile(delays, 99.9),
        "cores": cpu_seconds / (TURNS * TURN_SECONDS),
        "joins_a_second": joins_a_second,
    }
    return Figure(name, "voices heard", [float(found.voices)], target=TARGET, more=more)
