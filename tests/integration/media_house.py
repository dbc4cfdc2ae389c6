"""The media app alone, on real sockets, with Kafka and rooms away: one room, and people in it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal
from uuid import UUID, uuid4

import httpx

from contracts.roles import Role
from services.kit.service_tokens import ServiceTokens
from services.media.main import create_app
from services.media.settings import Settings
from tests.media_client import MediaClient

SECRET = "a secret of the media tests, long enough"
NOWHERE = "127.0.0.1:1"  # no Kafka, no rooms
SILENCE_SECONDS = 2.0
LoopName = Literal["python", "native"]
LOOPS: tuple[LoopName, ...] = ("python", "native")


@dataclass
class Guest:
    """A client with its seat; `session_id` is the path of the session."""

    client: MediaClient
    user_id: UUID
    seat: int
    session_id: str


class House:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http, self.room_id = http, uuid4()
        self.guests: list[Guest] = []

    async def offer(self, client: MediaClient, seat: int, role: Role, user: UUID, number: int = 1) -> httpx.Response:
        body = {
            "offer": client.offer,
            "from_loopback": True,
            "user_id": str(user),
            "seat": seat,
            "connection_no": number,
            "role": role,
            "muted": False,
            "seq": 10,
        }
        return await self.http.post(f"/internal/rooms/{self.room_id}/sessions", json=body)

    async def enter(self, seat: int, role: Role = Role.AUDIENCE, user: UUID | None = None, number: int = 1) -> Guest:
        client, user = MediaClient(), user or uuid4()
        answer = await self.offer(client, seat, role, user, number)
        assert answer.status_code == 201, answer.text
        await client.connect(answer.json()["answer"], host="127.0.0.1")
        guest = Guest(client, user, seat, answer.json()["session_id"])
        self.guests.append(guest)
        return guest

    async def say(self, seq: int, people: Sequence[tuple[Guest, Role, bool]]) -> None:
        """The room as of `seq`, as signalling hands it in while Kafka is away: who, as what, muted."""
        seats = [
            {"user_id": str(guest.user_id), "seat": guest.seat, "role": role, "muted": muted}
            for guest, role, muted in people
        ]
        answer = await self.http.put(f"/internal/rooms/{self.room_id}/seats", json={"seq": seq, "seats": seats})
        assert answer.status_code == 204

    async def restart(self, guest: Guest, if_match: str = "*", fragment: str | None = None) -> httpx.Response:
        """An ICE restart, not yet carried out by the client."""
        body = {"fragment": fragment or guest.client.fragment(), "if_match": if_match, "from_loopback": True}
        return await self.http.patch(f"/internal/sessions/{guest.session_id}/ice", json=body)

    async def alive(self, *guests: Guest) -> list[int]:
        """The seats, of those asked for, that gave a sign of life."""
        asked = [
            {"room_id": str(self.room_id), "user_id": str(guest.user_id), "seat": guest.seat, "connection_no": 1}
            for guest in guests
        ]
        answer = await self.http.post("/internal/liveness", json={"seats": asked})
        return [one["seat"] for one in answer.json()["alive"]]


def alone(
    loop: LoopName, most_sessions: int = 100, most_joining: int = 100, silence_seconds: float = SILENCE_SECONDS
) -> Settings:
    return Settings(
        kafka_bootstrap=NOWHERE,
        service_secret=SECRET,
        rooms_url=f"http://{NOWHERE}",
        media_udp_port=0,
        media_loop=loop,
        media_silence_seconds=silence_seconds,
        media_max_sessions=most_sessions,
        media_max_joining=most_joining,
    )


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[House]:
    app = create_app(settings)
    headers = ServiceTokens(SECRET, "signalling").authorization("media")
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://media", headers=headers) as http,
    ):
        house = House(http)
        yield house
        for guest in house.guests:
            guest.client.vanish()
