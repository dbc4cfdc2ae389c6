"""What an operator types, and what comes of it."""

import asyncio
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from hallway.stack import Stack
from services.directory.projections.memory import HALLWAY as HALLWAY_MODEL
from services.kit.database import Database
from services.kit.dead_letters import passed_over
from services.kit.replay import Replay
from services.kit.verify import Verification

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
    """What `hallway verify --json` would list, without starting a process for it (that command has tests of its own).

    Of these rooms alone, since tests break others on purpose.
    """
    async with (
        Database(stack.databases.url("directory"), "verify", 2) as database,
        Replay(stack.kafka, HALLWAY_MODEL.topic, await passed_over(database, HALLWAY_MODEL.name)) as log,
    ):
        found = [asdict(each) async for each in Verification(database, log, HALLWAY_MODEL).differences()]
    listed: list[dict[str, Any]] = orjson.loads(orjson.dumps(found, default=str))
    return [each for each in listed if streams is None or UUID(each["stream"]) in streams]
