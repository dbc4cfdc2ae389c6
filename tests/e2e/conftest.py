"""Browsers for each test, and a grace short enough to wait for."""

from collections.abc import AsyncIterator

import pytest

from hallway.stack import Stack
from tests.e2e import browsers as browsers_
from tests.e2e.browsers import Browsers, Chromium

GRACE = {"GRACE_SECONDS": "8"}


@pytest.fixture(scope="session")
async def chromium(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Chromium]:
    async with browsers_.chromium(tmp_path_factory.mktemp("tones")) as chromium:
        yield chromium


@pytest.fixture(scope="session")
async def impatient(stack: Stack) -> Stack:
    """The stack with rooms that hold a lost seat for 8 s."""
    await stack.restart("rooms", GRACE)
    return stack


@pytest.fixture
async def browsers(chromium: Chromium, impatient: Stack) -> AsyncIterator[Browsers]:
    async with browsers_.browsers(chromium, impatient.url) as each:
        yield each
