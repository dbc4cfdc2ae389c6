"""The audio path: what a delivered packet costs, how long it is under way, what a join and a listener take."""

import asyncio
import resource
import statistics
from collections.abc import Sequence

from bench.measuring import Figure, percentile
from bench.sound import bare
from bench.sound.crowd import Crowd, Heard, crowd
from bench.sound.service import Service, service

LOOPS = ("native", "python")
SIZES = (50, 100, 200, 500, 2_000)
SECONDS, ROUNDS = 4.0, 3
SILENT_SECONDS = 12.0
TARGET = "1.35 of bare sendto"


async def measure() -> list[Figure]:
    many_sockets()
    figures: list[Figure] = []
    for size in SIZES:
        for loop in LOOPS:
            if loop == "native" or size <= 500:
                figures += await of_room(loop, size)
    return figures


def many_sockets() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 65_536)), hard))


async def of_room(loop: str, size: int) -> list[Figure]:
    """One room of so many listeners and three who may speak."""
    async with service({"MEDIA_LOOP": loop, "MEDIA_LOOPS": "1"}) as media:
        before, joined = media.megabytes(), media.cpu_seconds()
        async with crowd(media, [(3, size)]) as (people, rate):
            join = (media.cpu_seconds() - joined) / (size + 3) * 1000
            kilobytes = (media.megabytes() - before) * 1024 / (size + 3)
            figures = [
                await delivering(loop, media, people, size, speaking) for speaking in (1, 3) if speaking * size <= 2_000
            ]
            silent = await silence(media, people)
    return [
        *figures,
        Figure(f"{loop}: {size:,} listeners, all silent", "% of a core", [silent]),
        Figure(f"{loop}: a join, {size:,} listeners", "ms of CPU", [join], more={"joins_a_second": rate}),
        Figure(
            f"{loop}: memory of a session, {size:,} listeners", "KB", [kilobytes], target="60" if size == 2_000 else ""
        ),
    ]


async def delivering(loop: str, media: Service, people: Crowd, size: int, speaking: int) -> Figure:
    """Microseconds of the whole process' CPU a delivered packet, beside bare sendto in the same seconds."""
    ours: list[float] = []
    base: list[float] = []
    delays: list[float] = []
    base_delays: list[float] = []
    lost = 0.0
    for _ in range(ROUNDS):
        cost, heard = await spoken(media, people, people.speakers[0][:speaking])
        ours.append(cost)
        delays += heard.delays_ms
        lost = max(lost, heard.loss)
        base.append(await asyncio.to_thread(bare.cost, size * speaking))
        base_delays += await asyncio.to_thread(bare.delays, size * speaking)
    more = {
        "p50_ms": percentile(delays, 50),
        "p99_ms": percentile(delays, 99),
        "p99.9_ms": percentile(delays, 99.9),
        "bare_p99_ms": percentile(base_delays, 99),
        "lost": lost,
        "at_half_a_core": 0.5e6 / 50 / speaking / statistics.median(ours),
    }
    who = "speaker" if speaking == 1 else "speakers"
    target = TARGET if size in (100, 200) and loop == "native" else ""
    return Figure(
        f"{loop}: {size:,} listeners, {speaking} {who}", "us a packet", ours, base, "bare sendto", target, more
    )


async def spoken(media: Service, people: Crowd, speakers: Sequence[int]) -> tuple[float, Heard]:
    people.speak(*speakers)
    await asyncio.sleep(0.5)
    people.forget()
    before = media.cpu_seconds()
    await asyncio.sleep(SECONDS)
    heard, used = people.heard(), media.cpu_seconds() - before
    people.speak()
    await asyncio.sleep(0.2)
    return used / max(1, heard.voices) * 1e6, heard


async def silence(media: Service, people: Crowd) -> float:
    """Checks and reports alone, in percent of a core."""
    people.speak()
    await asyncio.sleep(1)
    before = media.cpu_seconds()
    await asyncio.sleep(SILENT_SECONDS)
    return (media.cpu_seconds() - before) / SILENT_SECONDS * 100
