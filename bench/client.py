"""A thin HTTP/1.1 client: what is measured is the server, not the client's own work."""

import asyncio
from typing import Any, Self

import orjson


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
        head = (
            f"POST {path} HTTP/1.1\r\nhost: localhost:{self._port}\r\ncontent-type: application/json\r\n"
            f"{bearer}content-length: {len(content)}\r\n\r\n"
        )
        self._writer.write(head.encode() + content)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(answer.split("content-length: ", 1)[1].split("\r\n", 1)[0])
        return int(answer[9:12]), orjson.loads(await self._reader.readexactly(length))
