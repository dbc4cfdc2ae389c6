"""A random run: people do what people do in rooms, all rooms at once, and the model is told what was acknowledged."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import httpx

from tests.integration.naive import RANK, NaiveRoom
from tests.people import Person


@dataclass
class Acknowledged:
    """A command that was answered with success: under this key, at this version of its room."""

    key: str
    actor: UUID
    seq: int


@dataclass
class Crowd:
    people: list[Person]
    random: Random
    rooms: dict[str, NaiveRoom] = field(default_factory=dict)
    acknowledged: dict[str, list[Acknowledged]] = field(default_factory=dict)
    refused: int = 0

    async def run(self, rooms: int, commands: int) -> None:
        """Open rooms and do so many commands in all; within a room one after another, so that their order is known."""
        hosts = self.random.sample(self.people, rooms)
        seeds = [self.random.random() for _ in hosts]
        await asyncio.gather(
            *(self._room(host, commands // rooms, Random(seed)) for host, seed in zip(hosts, seeds, strict=True))
        )

    async def _room(self, host: Person, commands: int, random: Random) -> None:
        name = f"Room of {host.name}"
        answer = await self._sent(host, "POST", "/v1/rooms", {"name": name})
        room_id = str(answer["id"])
        room = self.rooms[room_id] = NaiveRoom(name, host.user_id)
        self.acknowledged[room_id] = self.acknowledged.pop("new " + str(answer["key"]))
        for number in range(commands - 1):
            await self._something(room_id, room, random)
            if number == commands - 2 and random.random() < 0.2:
                await self._do(room_id, host, "POST", "/end", None, room.ended)

    async def _something(self, room_id: str, room: NaiveRoom, random: Random) -> None:
        person, other = random.sample(self.people, 2)
        user, target = person.user_id, other.user_id
        acts: list[tuple[str, str, Any, Callable[[], None]]] = [
            ("POST", "/join", {"connection": str(person.connection)}, lambda: room.joined(user)),
            ("POST", "/join", {"connection": str(person.connection)}, lambda: room.joined(user)),
            ("PUT", "/hand", None, lambda: room.raised(user)),
            ("DELETE", "/hand", None, lambda: room.lowered(user)),
            ("POST", "/invitations", {"user_id": str(target)}, lambda: room.asked_up(target)),
            ("PUT", "/invitations/me", {"answer": "accepted"}, lambda: room.now_is(user, "SPEAKER")),
            ("POST", f"/participants/{target}/mute", None, lambda: room.silenced(target)),
            ("DELETE", f"/participants/{target}", None, lambda: room.gone(target, 2)),
        ]
        if user != room.host:
            acts.append(("POST", "/leave", None, lambda: room.gone(user, 1)))
        if user == room.host and target in room.roles:
            role = random.choice(["MODERATOR", "SPEAKER", "AUDIENCE"])
            if RANK[role] != RANK[room.roles[target]]:
                change = (f"/participants/{target}/role", {"role": role})
                acts += [("PUT", *change, lambda: room.now_is(target, role))] * 4
        method, path, body, then = random.choice(acts)
        await self._do(room_id, person, method, path, body, then)

    async def _do(
        self, room_id: str, person: Person, method: str, path: str, body: Any, then: Callable[[], None]
    ) -> None:
        response = await person.surely(method, f"/v1/rooms/{room_id}{path}", body)
        if response.is_success:
            self._note(room_id, person, response)
            then()
        else:
            assert response.status_code < 500, response.text
            assert response.status_code != 401, response.text  # everybody is signed in, whatever was killed
            self.refused += 1

    async def _sent(self, person: Person, method: str, path: str, body: Any) -> dict[str, Any]:
        response = await person.surely(method, path, body)
        assert response.is_success, response.text
        self._note("new " + response.extensions["key"], person, response)
        answer: dict[str, Any] = response.json() | {"key": response.extensions["key"]}
        return answer

    def _note(self, room_id: str, person: Person, response: httpx.Response) -> None:
        done = Acknowledged(response.extensions["key"], person.user_id, response.json()["seq"])
        self.acknowledged.setdefault(room_id, []).append(done)
