"""Tasks that live as long as their service."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog

log = structlog.get_logger()
RETRY_SECONDS = 1.0


@asynccontextmanager
async def running(*coroutines: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """The coroutines run beside the block and are cancelled at its end, the last one first.

    One that ends with an error is said so loudly; whoever owns it answers for it in `/readyz`.
    """
    tasks = [
        asyncio.create_task(coroutine, name=getattr(coroutine, "__qualname__", repr(coroutine)))
        for coroutine in coroutines
    ]
    for task in tasks:
        task.add_done_callback(_say_how_it_ended)
    try:
        yield
    finally:
        for task in reversed(tasks):
            task.cancel()
            await asyncio.wait({task})


async def every(seconds: float, do: Callable[[], Awaitable[None]]) -> None:
    """Do it again and again, with so many seconds between. What it raises is logged and tried again next time."""
    while True:
        try:
            await do()
        except Exception as error:
            log.error("will be tried again", what=getattr(do, "__qualname__", repr(do)), error=repr(error))
        await asyncio.sleep(seconds)


def _say_how_it_ended(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("task ended", task=task.get_name(), error=repr(error), exc_info=error)
