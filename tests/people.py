"""People as the tests see them: each holds a token and does what a client would do, over the public API."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

RETRIES = 200  # of a command whose outcome is unknown: with its key, so it happens once
PAUSE_SECONDS = 0.1
OPERATOR = "on_duty"


class Refusal(Exception):
    """A problem document, where a test expected success."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(f"{response.request.method} {response.request.url.path}: {response.text}")
        self.status = response.status_code
        self.problem: dict[str, Any] = response.json()

    @property
    def code(self) -> str:
        return str(self.problem["code"])


@dataclass
class Person:
    """Somebody signed in. `connection` stands for the page load."""

    http: httpx.AsyncClient
    user_id: UUID
    name: str
    token: str
    connection: UUID = field(default_factory=uuid4)

    async def send(self, method: str, path: str, body: Any = None, key: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} | ({"Idempotency-Key": key} if key else {})
        return await self.http.request(method, path, json=body, headers=headers)

    async def do(self, method: str, path: str, body: Any = None, key: str | None = None) -> dict[str, Any]:
        """The answer of a command or question. Raises `Refusal`."""
        return answer_of(await self.send(method, path, body, key))

    async def surely(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Send until there is an answer that is one: the same key each time, through crashes and restarts."""
        key = str(uuid4())
        for _ in range(RETRIES):
            try:
                response = await self.send(method, path, body, key)
            except httpx.TransportError:
                response = None
            if response is not None and response.status_code not in (429, 500, 502, 503, 504):
                response.extensions["key"] = key
                return response
            await asyncio.sleep(PAUSE_SECONDS)
        raise TimeoutError(f"{method} {path} was never answered")

    async def join(self, room_id: UUID | str, takeover: bool = False) -> dict[str, Any]:
        body = {"connection": str(self.connection)} | ({"takeover": True} if takeover else {})
        return await self.do("POST", f"/v1/rooms/{room_id}/join", body)

    async def open_room(self, name: str, **more: Any) -> str:
        return str((await self.do("POST", "/v1/rooms", {"name": name, **more}))["id"])


def answer_of(response: httpx.Response) -> dict[str, Any]:
    if response.is_error:
        raise Refusal(response)
    json = response.headers.get("content-type", "").startswith("application/json")
    body: dict[str, Any] = response.json() if json and response.content else {}
    return body


async def sign_in(http: httpx.AsyncClient, username: str) -> Person:
    """One of the demo's people."""
    session = answer_of(await http.post("/v1/sessions/demo", json={"username": username}))
    return _person(http, session)


async def register(http: httpx.AsyncClient, name: str) -> Person:
    """Somebody new, with a username of their own."""
    body = {"username": f"t{uuid4().hex[:16]}", "name": name, "password": uuid4().hex}
    return _person(http, answer_of(await http.post("/v1/users", json=body)))


async def guest(http: httpx.AsyncClient) -> Person:
    return _person(http, answer_of(await http.post("/v1/sessions/guest")))


async def everything_live(http: httpx.AsyncClient, **filters: str) -> list[dict[str, Any]]:
    """The cards of all pages of the hallway, in order."""
    cards: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        more = {"cursor": cursor} if cursor else {}
        page = answer_of(await http.get("/v1/rooms", params={"limit": 100, **filters, **more}))
        cards += page["rooms"]
        cursor = page["next_cursor"]
    return cards


async def operator(http: httpx.AsyncClient) -> Person:
    """Runs this installation: the settings of the test stack name them."""
    account = {"username": OPERATOR, "name": "On duty", "password": "correct horse battery"}
    response = await http.post("/v1/users", json=account)
    if response.status_code == 409:  # registered by a test before
        response = await http.post("/v1/sessions", json=account)
    return _person(http, answer_of(response))


def _person(http: httpx.AsyncClient, session: dict[str, Any]) -> Person:
    user = session["user"]
    http.cookies.clear()  # each is another browser
    return Person(http, UUID(user["id"]), user["name"], session["access_token"])
