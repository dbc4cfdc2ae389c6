"""Is it up? Asked of parts from outside, many times a second while they start: so by hand, and cheaply."""

import asyncio

ANSWER_SECONDS = 5.0
ENOUGH = 12  # of an answer to see its status: HTTP/1.1 200


async def tcp_answers(port: int, request: bytes, host: str = "127.0.0.1") -> bool:
    """Whether something is said in answer to these bytes."""
    return bool(await _said(host, port, request))


async def http_ok(port: int, path: str) -> bool:
    """Whether it answers 200 here on this port."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    return b" 200" in await _said("127.0.0.1", port, request.encode())


async def _said(host: str, port: int, request: bytes) -> bytes:
    """The beginning of its answer, empty when there is none."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(request)
                return await reader.read(ENOUGH)
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return b""
