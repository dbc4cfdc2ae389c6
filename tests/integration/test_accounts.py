"""E-mail, passwords, devices, tries: over the public API and a real mail server."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest

from hallway.stack import Stack
from services.directory.rate_limits import Rate, RateLimits
from services.kit.database import Database
from services.kit.problems import ProblemError
from tests.mailbox import mailed_token, mails_to
from tests.people import Person, Refusal, answer_of

PASSWORD, ANOTHER = "correct horse battery", "staple the battery"
VERIFY, RESET = "e-mail address", "new password"
REFRESH = "hallway_refresh"


@pytest.fixture
async def browser(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=stack.url, timeout=20, headers={"User-Agent": FIREFOX}) as browser:
        yield browser


@pytest.fixture
async def elsewhere(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=stack.url, timeout=20, headers={"User-Agent": "a-bot/1"}) as browser:
        yield browser


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


async def registered(browser: httpx.AsyncClient, email: str | None = None) -> tuple[Person, str]:
    """(who, their username)"""
    username = f"t{uuid4().hex[:16]}"
    account = {"username": username, "name": "Somebody", "password": PASSWORD} | ({"email": email} if email else {})
    session = answer_of(await browser.post("/v1/users", json=account))
    return Person(browser, UUID(session["id"]), "Somebody", session["access_token"]), username


async def signed_in(browser: httpx.AsyncClient, username: str, password: str = PASSWORD) -> httpx.Response:
    return await browser.post("/v1/sessions", json={"username": username, "password": password})


def address() -> str:
    return f"{uuid4().hex[:12]}@example.com"


async def verified(browser: httpx.AsyncClient, stack: Stack) -> tuple[Person, str, str]:
    """(who, their username, their address)"""
    email = address()
    person, username = await registered(browser, email)
    token = await mailed_token(stack, email, VERIFY)
    answer_of(await browser.post("/v1/email-verifications", json={"token": token}))
    return person, username, email


async def me(person: Person) -> dict[str, object]:
    user: dict[str, object] = (await person.do("GET", "/v1/me"))["user"]
    return user


async def test_an_address_is_verified_by_the_link_that_is_mailed_there(
    stack: Stack, browser: httpx.AsyncClient
) -> None:
    email = address()
    person, _ = await registered(browser, email)
    assert ((await me(person))["email"], (await me(person))["email_verified"]) == (email, False)
    token = await mailed_token(stack, email, VERIFY)
    once = await browser.post("/v1/email-verifications", json={"token": token})
    assert once.json() == {"email": email, "email_verified": True}
    assert (await me(person))["email_verified"] is True
    twice = await browser.post("/v1/email-verifications", json={"token": token})
    assert (twice.status_code, twice.json()["code"]) == (410, "link_expired")


async def test_the_link_leads_to_a_page_and_holds_its_secret_behind_the_hash(
    stack: Stack, browser: httpx.AsyncClient
) -> None:
    email = address()
    await registered(browser, email)
    token = await mailed_token(stack, email, VERIFY)
    async for mails in mails_to(stack, email):
        assert f"{stack.url}/verify#token={token}" in mails[0]["text"]
        break


async def test_a_new_address_takes_the_password_and_the_former_link_is_worth_nothing(
    stack: Stack, browser: httpx.AsyncClient
) -> None:
    former, new = address(), address()
    person, _ = await registered(browser, former)
    token = await mailed_token(stack, former, VERIFY)
    with pytest.raises(Refusal, match="wrong_password"):
        await person.do("PUT", "/v1/me/email", {"email": new, "password": "not it at all"})
    await person.do("PUT", "/v1/me/email", {"email": new, "password": PASSWORD})
    late = await browser.post("/v1/email-verifications", json={"token": token})
    assert late.json()["code"] == "link_expired"
    assert ((await me(person))["email"], (await me(person))["email_verified"]) == (new, False)


async def test_a_forgotten_password_is_replaced_by_mail_and_everybody_else_is_signed_out(
    stack: Stack, browser: httpx.AsyncClient, elsewhere: httpx.AsyncClient
) -> None:
    _, username, email = await verified(browser, stack)
    assert (await elsewhere.post("/v1/password-resets", json={"username": username})).status_code == 202
    token = await mailed_token(stack, email, RESET)
    session = answer_of(await elsewhere.put("/v1/password-resets", json={"token": token, "password": ANOTHER}))
    assert session["user"]["username"] == username
    assert (await browser.post("/v1/sessions/refresh")).status_code == 401
    assert (await signed_in(browser, username)).status_code == 401
    assert (await signed_in(browser, username, ANOTHER)).status_code == 200


async def test_nobody_learns_from_a_reset_who_has_an_account(stack: Stack, browser: httpx.AsyncClient) -> None:
    email = address()
    _, unverified = await registered(browser, email)
    answers = [
        await browser.post("/v1/password-resets", json={"username": name}) for name in (unverified, "nobody_at_all")
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(202, b"")}


async def test_a_changed_password_signs_out_all_other_devices(
    browser: httpx.AsyncClient, elsewhere: httpx.AsyncClient
) -> None:
    person, username = await registered(browser)
    answer_of(await signed_in(elsewhere, username))
    with pytest.raises(Refusal, match="wrong_password"):
        await person.do("PUT", "/v1/me/password", {"current": ANOTHER, "password": ANOTHER})
    changed = await person.do("PUT", "/v1/me/password", {"current": PASSWORD, "password": ANOTHER})
    assert changed == {"signed_out": 1}
    assert (await elsewhere.post("/v1/sessions/refresh")).status_code == 401
    assert (await browser.post("/v1/sessions/refresh")).status_code == 200


async def test_devices_are_listed_by_their_names_and_signed_out_one_by_one(
    browser: httpx.AsyncClient, elsewhere: httpx.AsyncClient
) -> None:
    person, username = await registered(browser)
    answer_of(await signed_in(elsewhere, username))
    devices = (await person.do("GET", "/v1/me/devices"))["devices"]
    assert {(each["name"], each["current"]) for each in devices} == {("Firefox on Linux", True), ("a-bot", False)}
    bot = next(each["id"] for each in devices if not each["current"])
    await person.do("DELETE", f"/v1/me/devices/{bot}")
    assert (await elsewhere.post("/v1/sessions/refresh")).status_code == 401
    with pytest.raises(Refusal, match="not_found"):
        await person.do("DELETE", f"/v1/me/devices/{bot}")


async def test_nobody_signs_out_somebody_elses_device(browser: httpx.AsyncClient, elsewhere: httpx.AsyncClient) -> None:
    person, _ = await registered(browser)
    other, _ = await registered(elsewhere)
    (theirs,) = (await other.do("GET", "/v1/me/devices"))["devices"]
    with pytest.raises(Refusal, match="not_found"):
        await person.do("DELETE", f"/v1/me/devices/{theirs['id']}")
    assert (await elsewhere.post("/v1/sessions/refresh")).status_code == 200


async def test_a_refresh_token_of_before_ends_the_session_everywhere(
    stack: Stack, browser: httpx.AsyncClient, elsewhere: httpx.AsyncClient
) -> None:
    """After the 10 s in which it may have been another tab."""
    await registered(browser)
    stolen = browser.cookies[REFRESH]
    answer_of(await browser.post("/v1/sessions/refresh"))
    async with Database(stack.databases.url("directory"), "test", 2) as database:
        family = UUID(hex=stolen.partition(".")[0])
        await database.execute(
            "update refresh_families set rotated_at = rotated_at - interval '11 s' where id = $1", family
        )
    elsewhere.cookies.set(REFRESH, stolen, path="/v1/sessions")
    assert (await elsewhere.post("/v1/sessions/refresh")).status_code == 401
    assert (await browser.post("/v1/sessions/refresh")).status_code == 401


async def test_tries_are_counted_across_instances_and_come_back_with_time(stack: Stack) -> None:
    who, rate = uuid4().hex, Rate(burst=3, seconds=60)
    present = [datetime(2026, 1, 1, 12, tzinfo=UTC)]
    url = stack.databases.url("directory")
    async with Database(url, "one", 2) as one, Database(url, "another", 2) as another:
        limits = [RateLimits(database, "secret", lambda: present[0]) for database in (one, another)]
        for each in (limits[0], limits[1], limits[0]):
            await each.take("tries of", who, rate)
        for each in limits:
            with pytest.raises(ProblemError, match="again in 60 seconds"):
                await each.take("tries of", who, rate)
        await limits[1].take("tries of", uuid4().hex, rate)
        present[0] += timedelta(seconds=60)
        await limits[1].take("tries of", who, rate)
        with pytest.raises(ProblemError):
            await limits[0].take("tries of", who, rate)
        await limits[0].give_back("tries of", who)
        await limits[1].take("tries of", who, rate)


async def test_too_many_are_told_when_to_come_back(browser: httpx.AsyncClient) -> None:
    person, _ = await registered(browser)
    answers = [await person.send("GET", "/v1/me/export") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["code"] == "rate_limited"
    assert 0 < int(answers[3].headers["retry-after"]) <= 600
