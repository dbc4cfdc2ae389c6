"""Sending more than anybody takes, and reading the answer meanwhile, as curl does."""

import asyncio
import json
from contextlib import suppress
from urllib.parse import urlsplit

import httpx

CHUNK = b"x" * 65_536


async def send_large(base_url: str, method: str, path: str, token: str, size: int) -> httpx.Response:
    """The answer that comes before the body is through. A refused sender is not made to send it all."""
    parts = urlsplit(base_url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    head = (
        f"{method.upper()} {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"
    )
    answering = asyncio.create_task(_answer(reader))
    try:
        with suppress(ConnectionError):
            writer.write(head.encode())
            for _ in range(size // len(CHUNK)):
                if answering.done():
                    break
                writer.write(CHUNK)
                await asyncio.wait({asyncio.create_task(writer.drain()), answering}, return_when="FIRST_COMPLETED")
        status, headers, body = await asyncio.wait_for(answering, 20)
    finally:
        writer.close()
    request = httpx.Request(method, base_url + path)
    return httpx.Response(status, headers=headers, json=json.loads(body), request=request)


async def _answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers["content-length"]))
    return int(first.split()[1]), {"content-type": headers["content-type"]}, body
