"""Loading the demo through the public API: signed in as each person, nothing acts on behalf of anyone.

Every request is harmless when it is repeated, so the loader runs on every start and may be cut short anywhere.
"""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx

from hallway.demo import CLUBS, FOLLOWS, OPENED_IN_ORDER, ROOMS, USERS, DemoRoom

PATIENCE = 20  # tries for what may not be known everywhere yet
CHANGED_SINCE = "already_exists"  # loaded before, and given another name by its people: theirs stays


class Refused(Exception):
    """The API did not take something of the demo: the message is its own."""


class Loader:
    def __init__(self, http: httpx.AsyncClient, secret: str) -> None:
        """`http` speaks to the gateway; `secret` opens the routes that choose ids."""
        self._http, self._secret = http, secret
        self._tokens: dict[str, str] = {}

    async def load(self) -> None:
        """People, clubs, who follows what, and rooms in their order. Raises `Refused`."""
        for user in USERS:
            await self._put(f"/v1/users/{user.id}", {"username": user.username, "name": user.name, "email": user.email})
        for user in USERS:
            session = await self._send("POST", "/v1/sessions/demo", {"username": user.username})
            self._tokens[user.username] = session["access_token"]
        for club in CLUBS:
            await self._put(f"/v1/clubs/{club.id}", {"name": club.name, "topic": club.topic}, club.founder)
        for user in USERS:
            for number in FOLLOWS[user.number]:
                await self._put(f"/v1/clubs/{CLUBS[number - 1].id}/followers/me", None, user.username)
        for number in OPENED_IN_ORDER:
            await self._open(ROOMS[number - 1])

    async def _open(self, room: DemoRoom) -> None:
        club: UUID | None = CLUBS[room.club - 1].id if room.club else None
        body = {"name": room.name} | ({"club_id": str(club)} if club else {})
        await self._put(f"/v1/rooms/{room.id}", body, room.host)

    async def _put(self, path: str, body: Mapping[str, Any] | None, username: str | None = None) -> dict[str, Any]:
        return await self._send("PUT", path, body, self._tokens[username] if username else None)

    async def _send(
        self, method: str, path: str, body: Mapping[str, Any] | None, token: str | None = None
    ) -> dict[str, Any]:
        headers = {"X-Loader-Secret": self._secret} | ({"Authorization": f"Bearer {token}"} if token else {})
        for _ in range(PATIENCE):
            response = await self._http.request(method, path, json=body, headers=headers)
            if "retry-after" not in response.headers:
                break  # a club that rooms has not heard of yet says when to ask again
            await asyncio.sleep(float(response.headers["retry-after"]))
        if response.status_code == 409 and response.json().get("code") == CHANGED_SINCE:
            return {}
        if response.is_error:
            raise Refused(f"{method} {path}: {response.status_code} {response.text[:300]}")
        answer: dict[str, Any] = response.json() if response.content else {}
        return answer


async def load(url: str, secret: str) -> None:
    """Load the demo through the gateway at `url`."""
    async with httpx.AsyncClient(base_url=url, timeout=15, trust_env=False) as http:
        await Loader(http, secret).load()
