"""The media service as `make up` runs it, with Kafka, and with rooms, which says who may speak."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

import httpx
import psutil

from bench.place import whole_stack
from bench.sound.rooms import Place
from hallway.probes import http_ok
from hallway.process import Running
from hallway.stack import Stack
from services.kit.database import Database
from services.kit.service_tokens import ServiceTokens
from tests.media_client import MediaClient

PARTS = {"media", "rooms", "directory"}  # rooms is ready when it knows the clubs, which directory tells


@dataclass(frozen=True)
class Node:
    """`http` speaks for signalling."""

    http: httpx.AsyncClient
    process: psutil.Process


@dataclass(frozen=True)
class Service:
    """Each room is on one of the nodes; `rooms` is where rooms keeps its log."""

    nodes: Sequence[Node]
    tokens: ServiceTokens
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
        node = self.nodes[place.room_id.int % len(self.nodes)]
        answer = await node.http.post(
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
        return sum(sum(node.process.cpu_times()[:2]) for node in self.nodes)

    def megabytes(self) -> float:
        """What nobody else has, and a share of what others have, too."""
        return float(sum(node.process.memory_full_info().pss for node in self.nodes)) / 2**20


@asynccontextmanager
async def service(env: Mapping[str, str], nodes: int = 1) -> AsyncIterator[Service]:
    """`env`: of the media service; two nodes at most."""
    async with whole_stack({"media": env}, PARTS) as stack, AsyncExitStack() as open_:
        tokens = ServiceTokens(stack.secrets["service"], "signalling")
        rooms = await open_.enter_async_context(Database(stack.databases.url("rooms"), "bench"))
        running = [_node(stack.parts["media"], stack.ports.media)]
        if nodes > 1:
            second = await open_.enter_async_context(_second(stack))
            running.append(_node(second, stack.ports.signalling))
        for node in running:
            await open_.enter_async_context(node.http)
        yield Service(running, tokens, rooms)


def _node(part: Running, port: int) -> Node:
    return Node(httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20), psutil.Process(part.pid))


@asynccontextmanager
async def _second(stack: Stack) -> AsyncIterator[Running]:
    """Another media process like the first, on ports that nobody uses here."""
    first, port = stack.parts["media"].spec, str(stack.ports.signalling)
    spec = replace(
        first,
        name="media-2",
        command=[port if word == str(stack.ports.media) else word for word in first.command],
        env={**first.env, "NODE_ID": "media-2", "NODE_URL": f"http://127.0.0.1:{port}", "MEDIA_UDP_PORT": "0"},
        healthy=lambda: http_ok(int(port), "/readyz"),
    )
    part = Running(spec, stack.layout.logs / "media-2.log")
    try:
        await part.start()
        yield part
    finally:
        await part.stop()
