"""Tables and topics, before the services start: by the services' own commands, as an operator would."""

import asyncio
import os
import sys

from hallway.parts.databases import DATABASES, Databases
from hallway.together import together
from hallway.trouble import Trouble


async def tables(databases: Databases) -> None:
    """Apply every service's migrations. Raises `Trouble`."""
    await together(*(_migrate(service, databases.url(service)) for service in DATABASES))


async def topics(kafka: str) -> None:
    """Create the topics that are missing. Raises `Trouble`."""
    await _run("topics", "services.kit.topics", env={"KAFKA_BOOTSTRAP": kafka})


async def _migrate(service: str, url: str) -> None:
    await _run(service, "services.kit.migrations", f"services.{service}", env={"DATABASE_URL": url})


async def _run(part: str, module: str, *arguments: str, env: dict[str, str]) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        env={**os.environ, **env},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:  # we are being stopped
            process.kill()
    if process.returncode:
        words = output.decode(errors="replace").strip().splitlines()
        raise Trouble(part, (words or ["it said nothing"])[-1], f"run it by hand: python -m {module}")
