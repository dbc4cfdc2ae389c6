"""The media service as `make up` runs it, with Kafka; who may speak is said by the offers."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import psutil

from bench.place import whole_stack
from services.kit.service_tokens import ServiceTokens
from tests.media_client import MediaClient


@dataclass(frozen=True)
class Service:
    """`http` speaks for signalling."""

    http: httpx.AsyncClient
    tokens: ServiceTokens
    process: psutil.Process

    async def offer(self, client: MediaClient, room: UUID, seat: int, role: str) -> str:
        """The answer."""
        body = {
            "offer": client.offer,
            "from_loopback": True,
            "user_id": str(uuid4()),
            "seat": seat,
            "connection_no": 1,
            "role": role,
            "muted": False,
            "seq": seat,
        }
        answer = await self.http.post(
            f"/internal/rooms/{room}/sessions", json=body, headers=self.tokens.authorization("media")
        )
        answer.raise_for_status()
        return str(answer.json()["answer"])

    async def join(self, room: UUID, seat: int, role: str = "AUDIENCE") -> MediaClient:
        """Somebody connected. Raises as `MediaClient.connect` and httpx do."""
        client = MediaClient()
        await client.connect(await self.offer(client, room, seat, role), host="127.0.0.1")
        return client

    def cpu_seconds(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def megabytes(self) -> float:
        return float(self.process.memory_info().rss) / 2**20


@asynccontextmanager
async def service(env: Mapping[str, str]) -> AsyncIterator[Service]:
    """`env`: of the media service."""
    async with whole_stack({"media": env}, {"media"}) as stack:
        tokens = ServiceTokens(stack.secrets["service"], "signalling")
        url = f"http://127.0.0.1:{stack.ports.media}"
        async with httpx.AsyncClient(base_url=url, timeout=20) as http:
            yield Service(http, tokens, psutil.Process(stack.parts["media"].pid))
