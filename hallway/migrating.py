"""Tables and topics, before the services start: by the services' own commands, as an operator would."""

import asyncio
import os
import sys

from hallway.parts.databases import DATABASES, Databases
from hallway.trouble import Trouble


async def prepare(databases: Databases, kafka: str) -> None:
    """Apply every service's migrations and create the topics. Raises `Trouble`."""
    await asyncio.gather(
        topics(kafka),
        *(
            _run(
                service, "services.kit.migrations", f"services.{service}", env={"DATABASE_URL": databases.url(service)}
            )
            for service in DATABASES
        ),
    )


async def topics(kafka: str) -> None:
    """Create the topics that are missing. Raises `Trouble`."""
    await _run("topics", "services.kit.topics", env={"KAFKA_BOOTSTRAP": kafka})


async def _run(part: str, module: str, *arguments: str, env: dict[str, str]) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        env={**os.environ, **env},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    if process.returncode:
        words = output.decode(errors="replace").strip().splitlines()
        raise Trouble(part, (words or ["it said nothing"])[-1], f"run it by hand: python -m {module}")
