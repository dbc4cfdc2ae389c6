"""The media service as `make up` runs it, with Kafka, and with rooms, which says who may speak."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import psutil

from bench.place import whole_stack
from bench.sound.rooms import Place
from services.kit.database import Database
from services.kit.service_tokens import ServiceTokens
from tests.media_client import MediaClient

PARTS = {"media", "rooms", "directory"}  # rooms is ready when it knows the clubs, which directory tells


@dataclass(frozen=True)
class Service:
    """`http` speaks for signalling; `rooms` is where rooms keeps its log."""

    http: httpx.AsyncClient
    tokens: ServiceTokens
    process: psutil.Process
    rooms: Database

    async def offer(self, client: MediaClient, place: Place, connection_no: int = 1) -> str:
        """The answer."""
        body = {
            "offer": client.offer,
            "from_loopback": True,
            "user_id": str(place.seat.user_id),
            "seat": place.seat.seat,
            "connection_no": connection_no,
            "role": place.seat.role,
            "muted": place.seat.muted,
            "seq": place.seq,
        }
        answer = await self.http.post(
            f"/internal/rooms/{place.room_id}/sessions", json=body, headers=self.tokens.authorization("media")
        )
        answer.raise_for_status()
        return str(answer.json()["answer"])

    async def join(self, place: Place, connection_no: int = 1) -> MediaClient:
        """Somebody connected. Raises as `MediaClient.connect` and httpx do."""
        client = MediaClient()
        await client.connect(await self.offer(client, place, connection_no), host="127.0.0.1")
        return client

    def cpu_seconds(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def megabytes(self) -> float:
        return float(self.process.memory_info().rss) / 2**20


@asynccontextmanager
async def service(env: Mapping[str, str]) -> AsyncIterator[Service]:
    """`env`: of the media service."""
    async with whole_stack({"media": env}, PARTS) as stack:
        tokens = ServiceTokens(stack.secrets["service"], "signalling")
        url = f"http://127.0.0.1:{stack.ports.media}"
        async with (
            httpx.AsyncClient(base_url=url, timeout=20) as http,
            Database(stack.databases.url("rooms"), "bench") as rooms,
        ):
            yield Service(http, tokens, psutil.Process(stack.parts["media"].pid), rooms)
