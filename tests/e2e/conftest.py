"""Browsers for each test, and a grace short enough to wait for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Playwright, async_playwright

from hallway.stack import Stack
from tests.e2e import browsers as browsers_
from tests.e2e.browsers import Browsers

GRACE = {"GRACE_SECONDS": "8"}


@pytest.fixture(scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
async def impatient(stack: Stack) -> Stack:
    """The stack with rooms that hold a lost seat for 8 s."""
    await stack.restart("rooms", GRACE)
    return stack


@pytest.fixture
async def browsers(playwright: Playwright, impatient: Stack, tmp_path: Path) -> AsyncIterator[Browsers]:
    async with browsers_.browsers(playwright, impatient.url, tmp_path) as each:
        yield each
