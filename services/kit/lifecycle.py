"""Tasks that live as long as their service."""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import FrameType
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
    """Do it again and again, with so many seconds between. What it raises is tried again next time, and logged once."""
    trouble = ""
    while True:
        try:
            await do()
            trouble = ""
        except Exception as error:
            if trouble != (trouble := repr(error)):
                log.error("will be tried again", what=getattr(do, "__qualname__", repr(do)), error=trouble)
        await asyncio.sleep(seconds)


@contextmanager
def told_to_stop(hang_up: Callable[[], None]) -> Iterator[None]:
    """Calls `hang_up` when SIGTERM or SIGINT comes, before whoever handled it until now.

    For answers that never end by themselves: uvicorn waits for them before it ends the lifespan, so that is too late.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are for the main thread alone
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def on_signal(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(hang_up)
        former = before[signal.Signals(number)]
        if callable(former):
            former(number, frame)

    for number in before:
        signal.signal(number, on_signal)
    try:
        yield
    finally:
        for number, former in before.items():
            if signal.getsignal(number) is on_signal:
                signal.signal(number, former)


def _say_how_it_ended(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("task ended", task=task.get_name(), error=repr(error), exc_info=error)
