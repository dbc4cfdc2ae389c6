"""`hallway up`: everything, until Ctrl-C."""

import asyncio
import signal
import time

import httpx
from rich.console import Console

from hallway import seed
from hallway.layout import Layout
from hallway.parts.gateway import listen_address
from hallway.ports import Ports
from hallway.stack import Say, Stack


async def up(console: Console) -> None:
    """Start, load the demo, say where it is, and stop in reverse order on SIGINT, SIGTERM or SIGHUP.

    Raises `Trouble` (after stopping what runs) when a part cannot start.
    """
    began = time.monotonic()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(each, stop.set)

    def say(line: str) -> None:
        console.print(f"[dim]{time.monotonic() - began:5.1f} s[/]  {line}", highlight=False)

    stack = Stack(Layout.of_environment(), Ports.of_environment(), host=listen_address(), say=say)
    working = asyncio.create_task(_work(stack, say))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
            console.print(
                f"\n[bold]Hallway is open:[/] {stack.url}/?username=rick   (Ctrl-C stops it; ready in"
                f" {time.monotonic() - began:.1f} s)\nIts mail stays here: {stack.mail_url}\n",
                highlight=False,
                soft_wrap=True,
            )
            await stopping
    finally:
        working.cancel()
        await asyncio.wait({working})
        await stack.stop()


async def _work(stack: Stack, say: Say) -> None:
    await stack.start()
    try:
        await seed.load(stack.url, stack.secrets["loader"])
        say("the demo's people, clubs and rooms are there")
    except (seed.Refused, httpx.HTTPError) as error:  # what people made of their data may stand in the demo's way
        say(f"the demo is not loaded: {error}; try again with `hallway seed`")
