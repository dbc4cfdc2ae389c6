"""The hallway as people see it: in lists, at a room's address, and while it is open."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx

from tests.integration.telling import ToldRoom
from tests.people import Person, everything_live
from tests.waiting import until


class Viewer:
    """A hallway that is open: what it was told, as `(event, room id)`."""

    def __init__(self) -> None:
        self.told: list[tuple[str, UUID]] = []
        self.shown: set[UUID] = set()  # what a client would show now
        self.talking: dict[UUID, list[UUID]] = {}
        self.begun, self.last_id = 0, ""  # how often it has begun from the first page, and where to go on

    async def read(self, response: httpx.Response, begun: asyncio.Event) -> None:
        event = ""
        async for line in response.aiter_lines():
            name, _, value = line.partition(": ")
            if name == "event":
                event = value
                if event == "reset":
                    self.begun += 1
                    self.shown.clear()
                begun.set()
            elif name == "id":
                self.last_id = value
            elif name == "data" and event == "talking":
                talk = json.loads(value)
                self.talking[UUID(talk["room_id"])] = [UUID(user) for user in talk["user_ids"]]
            elif name == "data" and event != "reset":
                room = UUID(json.loads(value)["id"])
                self.told.append((event, room))
                self.shown = self.shown | {room} if event == "card" else self.shown - {room}
            elif line.startswith(":"):
                begun.set()  # goes on, and nothing was missed

    def of(self, room: ToldRoom) -> list[str]:
        """The events about a room, repeats left out: how often a card comes is a matter of timing."""
        events = [event for event, id_ in self.told if id_ == room.id]
        return [event for n, event in enumerate(events) if n == 0 or events[n - 1] != event]


@asynccontextmanager
async def watching(
    http: httpx.AsyncClient, person: Person | None = None, goes_on: str = "", **filters: str
) -> AsyncIterator[Viewer]:
    """`goes_on`: after this event id."""
    viewer, begun = Viewer(), asyncio.Event()
    headers = {"Authorization": f"Bearer {person.token}"} if person else {}
    headers |= {"Last-Event-ID": goes_on} if goes_on else {}
    async with http.stream("GET", "/v1/hallway/stream", params=filters, headers=headers) as response:
        assert response.status_code == 200
        reading = asyncio.create_task(viewer.read(response, begun))
        try:
            await begun.wait()
            yield viewer
        finally:
            reading.cancel()
            await asyncio.wait([reading])


async def says(viewer: Viewer, room: ToldRoom, *events: str) -> None:
    async def heard() -> bool:
        return viewer.of(room) == list(events)

    try:
        await until(f"{events}", heard)
    except TimeoutError as error:
        raise AssertionError(f"{viewer.of(room)}, not {events}") from error


async def shows(viewer: Viewer, room: ToldRoom, is_shown: bool = True) -> None:
    async def so() -> bool:
        return (room.id in viewer.shown) == is_shown

    await until("it is shown" if is_shown else "it is not shown", so)


async def listed(http: httpx.AsyncClient, person: Person | None = None, **filters: str) -> list[UUID]:
    if person is None:
        return [UUID(card["id"]) for card in await everything_live(http, **filters)]
    query = "&".join(f"{name}={value}" for name, value in {"limit": "100", **filters}.items())
    return [UUID(card["id"]) for card in (await person.do("GET", f"/v1/rooms?{query}"))["rooms"]]


async def page(http: httpx.AsyncClient, room: ToldRoom, person: Person | None = None, more: str = "") -> Any:
    """The room at its address, or the code of the refusal."""
    path = f"/v1/rooms/{room.id}{more}"
    response = await (person.send("GET", path) if person else http.get(path))
    return response.json()["code"] if response.is_error else response.json().get("room", response.json())
