"""What an operator types, and what comes of it."""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from hallway.stack import Stack

HALLWAY = Path(sys.executable).with_name("hallway")


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return orjson.loads(self.out)


async def started(stack: Stack, *arguments: str) -> asyncio.subprocess.Process:
    """`hallway <arguments>`, for the stack under test."""
    return await asyncio.create_subprocess_exec(
        str(HALLWAY),
        *arguments,
        env={**os.environ, "HALLWAY_DATA": str(stack.layout.root)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def hallway(stack: Stack, *arguments: str) -> Said:
    """The same, until it has ended."""
    process = await started(stack, *arguments)
    try:
        out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return Said(process.returncode or 0, out.decode(), err.decode())


async def differences(stack: Stack, streams: set[UUID] | None = None) -> list[dict[str, Any]]:
    """What `hallway verify` finds; of these rooms alone, since tests break others on purpose."""
    said = await hallway(stack, "verify", "--json")
    assert said.code in (0, 1), said.err
    found: list[dict[str, Any]] = said.document["differences"]
    return [each for each in found if streams is None or UUID(each["stream"]) in streams]
