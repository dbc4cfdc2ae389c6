"""Which browser somebody sits at, and who runs the installation: as their access tokens say it."""

import json
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from hallway.stack import Stack
from tests.people import answer_of, operator, register

PASSWORD = "correct horse battery"
DEVICE = "hallway_device"


@pytest.fixture
async def browser(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """One that has never been here."""
    async with httpx.AsyncClient(base_url=stack.url, timeout=20) as browser:
        yield browser


def claims(session: dict[str, Any]) -> dict[str, Any]:
    payload = session["access_token"].split(".")[1]
    said: dict[str, Any] = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return said


async def post(browser: httpx.AsyncClient, path: str, body: Any = None) -> dict[str, Any]:
    """The claims of the token in the answer."""
    return claims(answer_of(await browser.post(path, json=body)))


async def test_every_token_of_a_browser_names_the_same_device(browser: httpx.AsyncClient) -> None:
    account = {"username": f"t{uuid4().hex[:16]}", "name": "At home", "password": PASSWORD}
    registered = await post(browser, "/v1/users", account)
    device = browser.cookies[DEVICE]
    assert str(UUID(device)) == registered["device"] == device
    signed_in = await post(browser, "/v1/sessions", account)
    refreshed = await post(browser, "/v1/sessions/refresh")
    visitor = await post(browser, "/v1/sessions/guest")
    demo = await post(browser, "/v1/sessions/demo", {"username": "rick"})
    assert {each["device"] for each in (signed_in, refreshed, visitor, demo)} == {device}
    assert [each["guest"] for each in (registered, signed_in, refreshed, visitor, demo)] == [
        *(False, False, False, True, False)
    ]


async def test_a_guest_who_registers_keeps_the_device(browser: httpx.AsyncClient) -> None:
    visitor = await post(browser, "/v1/sessions/guest")
    account = {"username": f"t{uuid4().hex[:16]}", "name": "Was a guest", "password": PASSWORD}
    assert (await post(browser, "/v1/users", account))["device"] == visitor["device"]
    assert (await post(browser, "/v1/sessions/guest"))["sub"] == visitor["sub"]


async def test_signing_in_to_the_demo_sets_no_cookie(browser: httpx.AsyncClient) -> None:
    assert "device" not in await post(browser, "/v1/sessions/demo", {"username": "rick"})
    assert not browser.cookies


async def test_a_cookie_that_is_none_of_ours_is_replaced(browser: httpx.AsyncClient) -> None:
    visitor = answer_of(await browser.post("/v1/sessions/guest", headers={"Cookie": f"{DEVICE}=nonsense"}))
    assert claims(visitor)["device"] == browser.cookies[DEVICE]


async def test_only_whom_the_settings_name_is_an_operator(http: httpx.AsyncClient) -> None:
    on_duty, somebody = await operator(http), await register(http, "Somebody")
    assert claims({"access_token": on_duty.token})["operator"] is True
    assert claims({"access_token": (await operator(http)).token})["operator"] is True
    assert "operator" not in claims({"access_token": somebody.token})
