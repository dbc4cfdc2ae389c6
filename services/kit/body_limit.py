"""No body may be larger than the house can use; the gateway says the same, this holds without it too."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LIMIT_BYTES = 262_144
INSIDE_BYTES = 16_777_216  # a room of many thousands, told by one service to another; never routed from outside


class BodyLimit:
    """ASGI middleware. A body that says it is too large, or turns out to be, is answered 413."""

    def __init__(self, app: ASGIApp, limit_bytes: int = LIMIT_BYTES) -> None:
        self._app, self._limit = app, limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        seen, limit = 0, INSIDE_BYTES if scope["path"].startswith("/internal/") else self._limit

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                # The one error that FastAPI lets through while it reads a body: any other becomes its own 400.
                raise HTTPException(413, f"The body is larger than {limit} bytes.")
            return message

        await self._app(scope, counted, send)
