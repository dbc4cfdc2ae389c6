"""Is it up? Asked of parts from outside."""

import asyncio

import httpx


async def tcp_answers(port: int, request: bytes, host: str = "127.0.0.1") -> bool:
    """Whether something is said in answer to these bytes."""
    try:
        async with asyncio.timeout(5):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(request)
                return bool(await reader.read(4))
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False


async def http_ok(url: str) -> bool:
    """Whether it answers 200."""
    try:
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            return (await client.get(url)).status_code == 200
    except httpx.HTTPError:
        return False
