"""A thin HTTP/1.1 client: what is measured is the server, not the client's own work."""

import asyncio
import re
from typing import Any, Self
from uuid import UUID

import orjson

CARD_BYTES = 2_000  # more than a card of two people takes


class Line:
    """One kept-alive connection; one request at a time. Answers have a content-length, or this is not for them."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def post(self, path: str, body: dict[str, Any], token: str | None = None) -> tuple[int, dict[str, Any]]:
        """Status and JSON."""
        content = orjson.dumps(body)
        bearer = f"authorization: Bearer {token}\r\n" if token else ""
        return await self._asked(
            f"POST {path}", f"content-type: application/json\r\n{bearer}content-length: {len(content)}\r\n", content
        )

    async def get(self, path: str) -> tuple[int, dict[str, Any]]:
        """Status and JSON."""
        return await self._asked(f"GET {path}")

    async def _asked(self, what: str, headers: str = "", content: bytes = b"") -> tuple[int, dict[str, Any]]:
        head = f"{what} HTTP/1.1\r\nhost: localhost:{self._port}\r\n{headers}\r\n"
        self._writer.write(head.encode() + content)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(answer.split("content-length: ", 1)[1].split("\r\n", 1)[0])
        return int(answer[9:12]), orjson.loads(await self._reader.readexactly(length))


class Stream(asyncio.Protocol):
    """An open hallway that waits for one thing in what it is sent."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._wanted = re.compile(b"event: reset")
        self._heard = b""
        self._seen: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.BaseTransport

    @classmethod
    async def open(cls, port: int) -> "Stream":
        """Returns once it was sent `reset`."""
        _, stream = await asyncio.get_running_loop().create_connection(lambda: cls(port), "127.0.0.1", port)
        await stream._seen
        return stream

    def sees(self, room: UUID, seq: int) -> "asyncio.Future[float]":
        """When (the loop's time) the card of the room as of `seq` came, from now on."""
        self._wanted = re.compile(rb'"id":"%s"[^\n]*"seq":%d[,}]' % (str(room).encode(), seq))
        self._seen = asyncio.get_running_loop().create_future()
        self._look()
        return self._seen

    def close(self) -> None:
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        ask = f"GET /v1/hallway/stream HTTP/1.1\r\nhost: localhost:{self._port}\r\naccept: text/event-stream\r\n\r\n"
        transport.write(ask.encode())

    def data_received(self, data: bytes) -> None:
        self._heard = self._heard[-CARD_BYTES:] + data
        self._look()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._seen.done():
            self._seen.set_exception(error or EOFError("the stream ended"))

    def _look(self) -> None:
        if not self._seen.done() and self._wanted.search(self._heard):
            self._seen.set_result(asyncio.get_running_loop().time())
