"""A core more: two loops in one process, or two processes with a loop each. The same rooms on both."""

from bench.measuring import Figure, percentile
from bench.media import many_sockets, spoken
from bench.sound.crowd import crowd
from bench.sound.service import service

ROOMS = 100  # of seven, one of whom speaks: what both cores carry, clients included
ROUNDS = 5
WAYS = {"two loops": ("2", 1), "two processes": ("1", 2)}  # MEDIA_LOOPS, nodes


async def measure() -> list[Figure]:
    many_sockets()
    return [figure for name, how in WAYS.items() for figure in await of_way(name, *how)]


async def of_way(name: str, loops: str, nodes: int) -> list[Figure]:
    async with service({"MEDIA_LOOP": "native", "MEDIA_LOOPS": loops}, nodes) as media:
        empty, before = media.megabytes(), media.cpu_seconds()
        async with crowd(media, [(1, 6)] * ROOMS) as (people, rate):
            join = (media.cpu_seconds() - before) / (ROOMS * 7) * 1000
            full = media.megabytes()
            speakers = [speaking[0] for speaking in people.speakers]
            costs, delays, lost = list[float](), list[float](), 0.0
            for _ in range(ROUNDS):
                cost, heard = await spoken(media, people, speakers)
                costs.append(cost)
                delays += heard.delays_ms
                lost = max(lost, heard.loss)
    more = {"p50_ms": percentile(delays, 50), "p99_ms": percentile(delays, 99), "lost": lost}
    return [
        Figure(f"{name}: {ROOMS} rooms of 7", "us a packet", costs, more=more),
        Figure(f"{name}: a join", "ms of CPU", [join], more={"joins_a_second": rate}),
        Figure(f"{name}: nobody there, {ROOMS * 7} there", "MB", [empty], more={"full_mb": full}),
    ]
