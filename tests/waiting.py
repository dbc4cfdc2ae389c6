"""Awaiting a condition, instead of sleeping and hoping."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def until(what: str, ask: Callable[[], Awaitable[T | None]], seconds: float = 20, pause: float = 0.05) -> T:
    """Ask again and again until the answer is true, and return it. Raises TimeoutError naming `what`."""
    last: T | None = None
    try:
        async with asyncio.timeout(seconds):
            while not (last := await ask()):  # noqa: ASYNC110 - what is asked is another process
                await asyncio.sleep(pause)
            return last
    except TimeoutError:
        raise TimeoutError(f"after {seconds} s still not: {what} (last: {last!r})") from None
