"""What nobody may learn, and whom nobody may pretend to be."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from hallway.stack import Stack
from services.kit.database import Database
from services.kit.keys import KeyRing
from services.kit.service_tokens import ServiceTokens
from services.kit.tokens import Signer
from tests.people import Person, answer_of, register, sign_in

PASSWORD = "correct horse battery"
ODD = [
    "Robert'); drop table users;--",
    '{"$ne": null}',
    "<script>alert(1)</script>",
    "${jndi:ldap://example.com}",
    "{{7*7}} %s %n \\x00 \\u0000",
    "שלום عليكم 你好 👩🏽‍🚀",
]
REFUSED = ["\u202eevil", "a\u200bb", "\u0000", "\ufeff", "x" * 10_000]


async def verified(stack: Stack) -> int:
    """How many passwords directory has compared."""
    async with httpx.AsyncClient() as http:
        answer = (await http.get(f"http://127.0.0.1:{stack.ports.directory}/readyz")).json()
    return int(answer["lag"]["passwords"]["compared"])


async def test_signing_in_says_and_does_the_same_whether_or_not_somebody_exists(
    stack: Stack, http: httpx.AsyncClient
) -> None:
    account = {"username": f"t{uuid4().hex[:16]}", "name": "Somebody", "password": PASSWORD}
    answer_of(await http.post("/v1/users", json=account))
    http.cookies.clear()
    answers = []
    for username in (account["username"], "nobody_at_all", "rick"):  # with a password, not there, without a password
        before = await verified(stack)
        answers.append(await http.post("/v1/sessions", json={"username": username, "password": "not it at all"}))
        assert await verified(stack) == before + 1
    assert {(each.status_code, each.text) for each in answers} == {(401, answers[0].text)}


async def test_a_password_is_kept_as_argon2id_alone(stack: Stack, http: httpx.AsyncClient) -> None:
    person = await register(http, "Somebody")
    db = await asyncpg.connect(stack.databases.url("directory"))
    try:
        kept = await db.fetchval("select password_hash from credentials where user_id = $1", person.user_id)
    finally:
        await db.close()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


async def test_no_token_ticket_or_password_is_in_a_log(stack: Stack, http: httpx.AsyncClient) -> None:
    """After using each where it belongs, and where it does not."""
    password = uuid4().hex
    account = {"username": f"t{uuid4().hex[:16]}", "name": "Somebody", "password": password}
    session = answer_of(await http.post("/v1/users", json=account))
    refresh = http.cookies["hallway_refresh"]
    person = Person(http, session["id"], "Somebody", session["access_token"])
    tickets = (await person.join(await person.open_room("Secrets")))["tickets"]
    await http.post("/v1/sessions", json={"username": account["username"], "password": password + "!"})
    await http.post("/v1/sessions/refresh")
    await http.get("/v1/me", params={"token": "in a URL"}, headers={"Authorization": f"Bearer {tickets['signal']}"})
    await http.post("/v1/users", content=f'{{"password": "{password}", "username": 7}}')
    http.cookies.clear()
    secrets = [session["access_token"], refresh.partition(".")[2], *tickets.values(), password]
    texts = {file.name: file.read_text(errors="replace") for file in stack.layout.logs.iterdir()}
    assert [(name, secret[:8]) for name, text in texts.items() for secret in secrets if secret in text] == []


def forged(stack: Stack, good: str) -> Iterator[tuple[str, str]]:
    """Tokens that are none: (what is wrong, the token)"""
    header, claims, signature = good.split(".")
    said: dict[str, Any] = json.loads(_decoded(claims))
    yield "no algorithm", f"{_encoded({'alg': 'none'})}.{claims}."
    yield "somebody else's claims", f"{header}.{_encoded({**said, 'operator': True})}.{signature}"
    yield "no signature", f"{header}.{claims}."
    kid = json.loads(_decoded(header))["kid"]
    yield "another key", jwt.encode({"alg": "ES256", "kid": kid}, said, ECKey.generate_key("P-256"))
    public = json.dumps(said)  # the public key's text as a secret: what confuses some libraries
    yield "a shared secret", jwt.encode({"alg": "HS256", "kid": kid}, said, OctKey.import_key(public))
    yield (
        "a service's token",
        ServiceTokens(stack.secrets["service"], "rooms")
        .authorization("directory")["Authorization"]
        .removeprefix("Bearer "),
    )


async def test_a_token_that_is_none_of_ours_opens_nothing(stack: Stack, http: httpx.AsyncClient) -> None:
    rick = await sign_in(http, "rick")
    async with Database(stack.databases.url("directory"), "test", 2) as database:
        keys = KeyRing(database, stack.secrets["key"])
        await keys.load()
        subject = {"sub": str(rick.user_id), "name": "Rick", "username": "rick", "guest": False}
        signed = {
            "another audience": Signer(keys, "hallway").sign("media", subject, 600),
            "another issuer": Signer(keys, "somebody").sign("hallway", subject, 600),
            "expired": Signer(keys, "hallway").sign("hallway", subject, -600),
        }
    gateway, inside = http, httpx.AsyncClient(base_url=f"http://127.0.0.1:{stack.ports.directory}")
    async with inside:
        for why, token in (*forged(stack, rick.token), *signed.items()):
            for asked in (gateway, inside):
                answer = await asked.get("/v1/me", headers={"Authorization": f"Bearer {token}"})
                assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), why


async def test_identity_headers_from_outside_are_nobody(http: httpx.AsyncClient) -> None:
    rick, sarah = await sign_in(http, "rick"), await sign_in(http, "sarah")
    claims = {name: str(rick.user_id) for name in ("x-auth-sub", "x-auth-claims", "x-forwarded-user", "x-user-id")}
    assert (await http.get("/v1/me", headers=claims)).status_code == 401
    as_sarah = await http.get("/v1/me", headers={**claims, "Authorization": f"Bearer {sarah.token}"})
    assert as_sarah.json()["user"]["id"] == str(sarah.user_id)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
async def test_whatever_is_text_is_kept_as_it_is_wherever_it_is_written(text: str, http: httpx.AsyncClient) -> None:
    person = await register(http, "Plain")
    profile = (await person.do("PATCH", "/v1/me", {"name": text, "bio": text}))["user"]
    assert (profile["name"], profile["bio"]) == (text, text)
    said = {"name": text, "topic": "Science", "description": text, "rules": text}
    club = (await person.do("POST", "/v1/clubs", said))["club"]
    assert (club["name"], club["description"], club["rules"]) == (text, text, text)
    room = await person.do("POST", "/v1/rooms", {"name": text, "club_id": club["id"]})
    shown = (await http.get(f"/v1/rooms/{room['id']}", params={"min_seq": room["seq"]})).json()["room"]
    assert (shown["name"], shown["club_name"], shown["host"]["name"]) == (text, text, text)
    for path in ("/v1/rooms", "/v1/users", "/v1/clubs"):
        assert (await http.get(path, params={"q": text})).status_code == 200


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
async def test_what_is_no_text_for_people_is_refused_wherever_it_is_written(text: str, http: httpx.AsyncClient) -> None:
    person = await register(http, "Plain")
    for method, path, body in (
        ("PATCH", "/v1/me", {"name": text}),
        ("PATCH", "/v1/me", {"bio": text}),
        ("POST", "/v1/clubs", {"name": text, "topic": "Science"}),
        ("POST", "/v1/clubs", {"name": "A club", "topic": "Science", "rules": text}),
        ("POST", "/v1/rooms", {"name": text}),
        ("POST", "/v1/users", {"username": "fine_name", "name": text, "password": PASSWORD}),
        ("POST", "/v1/users", {"username": text, "name": "Fine", "password": PASSWORD}),
    ):
        answer = await person.send(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input"), (path, body)
    assert (await person.do("GET", "/v1/me"))["user"]["name"] == "Plain"


def _decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _encoded(claims: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
