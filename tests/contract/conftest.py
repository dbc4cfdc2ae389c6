"""The description of the public API, and valid values to fill it with."""

from functools import partial
from typing import Any

import httpx
import pytest

from hallway.stack import Stack
from tests.contract.tour import Tour
from tests.mailbox import mails_to


@pytest.fixture(scope="session")
async def description(http: httpx.AsyncClient) -> dict[str, Any]:
    document: dict[str, Any] = (await http.get("/openapi.json")).json()
    return document


@pytest.fixture(scope="session")
async def tour(http: httpx.AsyncClient, stack: Stack, description: dict[str, Any]) -> Tour:
    return await Tour(http, list(description["paths"]), stack.secrets["loader"], partial(mails_to, stack)).run()
