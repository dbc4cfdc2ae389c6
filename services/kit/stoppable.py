"""Running an operator's piece of work: to its end, or until it is told to stop."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import typer

from services.kit.rebuild.swap import TooBusy
from services.kit.rebuild.workers import Impossible
from services.kit.verify import Behind

CANNOT, STOPPED = 2, 130
T = TypeVar("T")


def run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """SIGTERM ends it as Ctrl-C does: with everything put in order."""

    async def stoppable() -> T:
        task = asyncio.ensure_future(work())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await task

    try:
        return asyncio.run(stoppable())
    except (Behind, Impossible, TooBusy) as why:
        to_stderr(str(why))
        raise typer.Exit(CANNOT) from None
    except (KeyboardInterrupt, asyncio.CancelledError):
        to_stderr("stopped")
        raise typer.Exit(STOPPED) from None


def to_stderr(line: str) -> None:
    typer.echo(line, err=True)
