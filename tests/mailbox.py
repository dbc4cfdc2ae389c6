"""What the stack mailed, as its mail page has it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx

from hallway.stack import Stack

LOOKS, PAUSE_SECONDS = 100, 0.1


async def mails_to(stack: Stack, address: str) -> AsyncIterator[list[dict[str, Any]]]:
    """The mails to this address, the newest first; again and again, for whoever waits for one."""
    async with httpx.AsyncClient(base_url=stack.mail_url) as http:
        for _ in range(LOOKS):
            yield (await http.get("/mails", params={"to": address})).json()
            await asyncio.sleep(PAUSE_SECONDS)


async def mailed_token(stack: Stack, address: str, subject: str, count: int = 1) -> str:
    """What stands behind `#token=` in the newest of so many mails on this subject. Raises TimeoutError."""
    async for mails in mails_to(stack, address):
        found = [mail for mail in mails if subject in mail["subject"]]
        if len(found) >= count:
            return str(found[0]["text"]).partition("#token=")[2].split()[0]
    raise TimeoutError(f"no mail to {address}")
