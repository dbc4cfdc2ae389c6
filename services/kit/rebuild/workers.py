"""The processes that fold: each takes its share of the partitions, and says how far it is."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from services.kit.progress import Progress
from services.kit.recipe import Recipe
from services.kit.replay import Replay


class Impossible(Exception):
    """The rebuild ended without a change; nothing of it is left."""


async def fold(recipe: Recipe[Any, Any], kafka: str, workers: int, tell: Callable[[str], None]) -> None:
    """All of the log, shared out by partitions. Raises `Impossible` when a process fails; cancelled, it ends them."""
    async with Replay(kafka, recipe.topic) as log:
        total = sum((await log.ends()).values()) - sum((await log.beginnings()).values())
    progress = Progress("folding", total, tell)
    shares = [range(recipe.topic.partitions)[number::workers] for number in range(workers)]
    processes = [await _worker(recipe, share) for share in shares]
    try:
        await asyncio.gather(*(_heard(process, progress) for process in processes))
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
            await process.wait()
    tell(progress.line())


async def _worker(recipe: Recipe[Any, Any], partitions: Sequence[int]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", recipe.door, "fill", ",".join(map(str, partitions))), stdout=asyncio.subprocess.PIPE
    )


async def _heard(process: asyncio.subprocess.Process, progress: Progress) -> None:
    """A worker says how many records it has folded, a number a line."""
    assert process.stdout
    async for line in process.stdout:
        progress.add(int(line))
    if await process.wait():
        raise Impossible("a process that folds has failed; what it said stands above")


def cores() -> int:
    return os.cpu_count() or 1
