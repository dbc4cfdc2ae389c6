"""Joins over HTTP, through the gateway: how many a second, and how much of a core the rooms process takes for one."""

import asyncio
import os
from collections.abc import Sequence

import psutil

from bench.client import Line
from bench.measuring import Figure, timed
from bench.place import whole_stack
from hallway.stack import Stack

GUESTS, LINES, ROOMS = 3_000, 50, 1_000
ENV = {"gateway": {"REQUESTS_PER_SECOND": "100000"}, "rooms": {"GRACE_SECONDS": "600"}}
LOADER = {"username": "bench", "name": "Bench", "password": "correct horse battery"}


async def measure() -> list[Figure]:
    async with whole_stack(ENV) as stack:
        lines = [await Line(stack.ports.gateway).__aenter__() for _ in range(LINES)]
        try:
            tokens = await guests(lines)
            host = await registered(lines[0])
            return [await joins(stack, lines, host, tokens, 1), await joins(stack, lines, host, tokens, ROOMS)]
        finally:
            for line in lines:
                await line.__aexit__()


async def joins(stack: Stack, lines: Sequence[Line], host: str, tokens: Sequence[str], rooms: int) -> Figure:
    """By 50 connections at a time. `a core`: what one core would do, by the processor time of the rooms process."""
    paths = [await opened(lines[0], host) for _ in range(rooms)]
    process = psutil.Process(stack.parts["rooms"].pid)
    rates, a_core = [], []
    for round_ in range(3):
        share = tokens[round_::3]
        before, began = process.cpu_times(), process
        seconds = await timed(_all(lines, [(paths[n % rooms], token) for n, token in enumerate(share)]))
        after = began.cpu_times()
        rates.append(len(share) / seconds)
        a_core.append(len(share) / (after.user + after.system - before.user - before.system))
    where = "one hot room" if rooms == 1 else f"{rooms:,} rooms"
    more = {"a_core": sorted(a_core)[1], "cores": float(os.cpu_count() or 0)}
    return Figure(f"joins into {where}, through the gateway", "joins/s", rates, target="1,500/s a core", more=more)


async def _all(lines: Sequence[Line], work: Sequence[tuple[str, str]]) -> None:
    pieces = iter(enumerate(work))

    async def by(line: Line) -> None:
        for number, (path, token) in pieces:
            status, answer = await line.post(path, {"connection": f"00000000-0000-4000-8000-{number:012x}"}, token)
            assert status == 200, answer

    await asyncio.gather(*map(by, lines))


async def guests(lines: Sequence[Line]) -> list[str]:
    """Access tokens of so many people."""
    found: list[str] = []

    async def by(line: Line) -> None:
        while len(found) < GUESTS:
            _, answer = await line.post("/v1/sessions/guest", {})
            found.append(answer["access_token"])

    await asyncio.gather(*map(by, lines))
    return found[:GUESTS]


async def registered(line: Line) -> str:
    _, answer = await line.post("/v1/users", LOADER)
    return str(answer["access_token"])


async def opened(line: Line, host: str) -> str:
    _, answer = await line.post("/v1/rooms", {"name": "A benchmark"}, host)
    return f"/v1/rooms/{answer['id']}/join"
