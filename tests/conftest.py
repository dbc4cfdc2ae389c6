"""One stack for all tests that need one: the real parts, on ports and data of its own beside whatever else runs."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from hallway import seed
from hallway.layout import Layout
from hallway.ports import Ports
from hallway.stack import Stack
from tests.people import OPERATOR

SETTINGS = {
    # Nothing runs out by itself on a busy machine, unless a test says so.
    "rooms": {"GRACE_SECONDS": "600", "INVITATION_SECONDS": "600", "COUNTDOWN_SECONDS": "600"},
    # Everybody here comes from one address; what is allowed how often has a test of its own.
    "directory": {
        "OPERATORS": OPERATOR,
        **{"ACCOUNTS_PER_ADDRESS": "100000", "SIGN_INS_PER_ADDRESS": "100000", "SIGN_INS_PER_ACCOUNT": "1000"},
    },
    "gateway": {"REQUESTS_PER_SECOND": "5000"},
}
LOGS = Path(__file__).parents[1] / ".hallway-test-logs" / os.environ.get("PYTEST_XDIST_WORKER", "alone")


@pytest.fixture(scope="session")
async def stack() -> AsyncIterator[Stack]:
    """Everything up, with the demo's people and rooms, for each process of tests. Logs stay in `.hallway-test-logs/`.

    Not in pytest's own folder: another run of it takes away the rights by which Postgres' user gets there.
    """
    layout = Layout(Path(tempfile.mkdtemp(prefix="hallway-test-")))
    stack = Stack(layout, Ports.free(), SETTINGS, restart=False)
    try:
        await stack.start()
        await seed.load(stack.url, stack.secrets["loader"])
        yield stack
    finally:
        await stack.stop()
        shutil.rmtree(LOGS, ignore_errors=True)
        shutil.copytree(layout.logs, LOGS)
        shutil.rmtree(layout.root, ignore_errors=True)


@pytest.fixture(scope="session")
async def http(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """Speaks to the gateway."""
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=50)
    async with httpx.AsyncClient(base_url=stack.url, timeout=20, limits=limits) as http:
        yield http
