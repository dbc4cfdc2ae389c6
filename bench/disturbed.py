"""Running sound while the rest of its node is kept busy: how long a voice is under way, beside bare sendto."""

import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path

from bench.measuring import Figure, percentile
from bench.media import many_sockets
from bench.sound import bare
from bench.sound.crowd import Crowd, crowd
from bench.sound.service import service
from bench.sound.visitors import hellos, joins

CROWDS = (("native", 500), ("native", 100), ("python", 100))  # listeners
SECONDS, ROUNDS = 3.0, 3
HOLDING = str(Path(__file__).parent / "sound" / "holding")  # a thread that holds Python's lock
TARGET = "2 ms above bare"


async def measure() -> list[Figure]:
    many_sockets()
    return [figure for loop, size in CROWDS for figure in await of_loop(loop, size)]


async def of_loop(loop: str, size: int) -> list[Figure]:
    """One speaks to so many."""
    with tempfile.TemporaryDirectory() as folder:
        hold = Path(folder) / "hold"
        env = {"MEDIA_LOOP": loop, "MEDIA_LOOPS": "1", "PYTHONPATH": HOLDING, "HOLD_FROM": str(hold)}
        async with service(env) as media, crowd(media, [(1, size)]) as (people, _):
            figures = [
                await during(f"{loop}: undisturbed", people, size, nullcontext()),
                await during(f"{loop}: 50 joins/s", people, size, joins(media, 50)),
                await during(f"{loop}: 1,000 half-open handshakes/s", people, size, hellos(media, 1_000)),
            ]
            hold.touch()
            return [
                *figures,
                await during(f"{loop}: Python's lock held", people, size, nullcontext()),
                await during(f"{loop}: Python's lock held, 50 joins/s", people, size, joins(media, 50)),
            ]


async def during(
    name: str, people: Crowd, size: int, disturbance: AbstractAsyncContextManager[Sequence[float] | None]
) -> Figure:
    """The 99th percentile of each round; what bare sendto has is measured amid the same disturbance."""
    ours, base = list[float](), list[float]()
    delays: list[float] = []
    lost = 0.0
    async with disturbance as joined:
        for _ in range(ROUNDS):
            found, loss = await spoken(people)
            delays, lost = delays + found, max(lost, loss)
            ours.append(percentile(found, 99))
            base.append(percentile(await asyncio.to_thread(bare.delays, size), 99))
    more = {
        "above_bare_ms": statistics.median(ours) - statistics.median(base),
        "p50_ms": percentile(delays, 50),
        "p99.9_ms": percentile(delays, 99.9),
        "lost": lost,
    }
    if joined and len(joined) > 1:
        more["joins_a_second"] = len(joined) / (joined[-1] - joined[0])
    return Figure(f"{name}, {size} listeners, p99", "ms", ours, base, "bare sendto", TARGET, more)


async def spoken(people: Crowd) -> tuple[list[float], float]:
    """Milliseconds that voices were under way, and the part of them that was lost."""
    people.speak(people.speakers[0][0])
    await asyncio.sleep(0.5)
    people.forget()
    await asyncio.sleep(SECONDS)
    heard = people.heard()
    people.speak()
    return list(heard.delays_ms), heard.loss
