"""Where a benchmark runs: real servers on ports and data of their own, gone afterwards."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from hallway import migrating
from hallway.layout import Layout
from hallway.parts import postgres
from hallway.parts.databases import Databases
from hallway.ports import Ports
from hallway.process import Running
from hallway.stack import Stack


@asynccontextmanager
async def only_postgres() -> AsyncIterator[Databases]:
    """Postgres with every service's database and tables."""
    layout, ports = Layout(Path(tempfile.mkdtemp(prefix="hallway-bench-"))), Ports.free()
    stack = Stack(layout, ports, restart=False)
    server = Running(
        postgres.spec(layout.postgres, ports.postgres, stack.secrets["postgres"]), layout.logs / "postgres.log"
    )
    try:
        await server.start()
        await stack.databases.create()
        await migrating.tables(stack.databases)
        yield stack.databases
    finally:
        await server.stop()
        shutil.rmtree(layout.root, ignore_errors=True)


@asynccontextmanager
async def whole_stack(
    env: Mapping[str, Mapping[str, str]] | None = None, only: Collection[str] | None = None
) -> AsyncIterator[Stack]:
    """Everything, as `make up` runs it, or `only` these parts on Postgres and Kafka; `env` by part."""
    layout = Layout(Path(tempfile.mkdtemp(prefix="hallway-bench-")))
    stack = Stack(layout, Ports.free(), env, restart=False)
    try:
        await stack.start(only)
        yield stack
    finally:
        await stack.stop()
        shutil.rmtree(layout.root, ignore_errors=True)
