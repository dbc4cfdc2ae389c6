"""What every HTTP command has in common: its idempotency key, its cause, its answer."""

import re
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import Header, Request
from fastapi.responses import JSONResponse

from services.kit import commands
from services.kit.decisions import Refused
from services.kit.event_store import Done
from services.kit.events import Cause
from services.kit.ids import new_id
from services.kit.problems import refusal

TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")  # W3C trace context, section 3.2
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="Any text of your own. The same key with the same request gives the first outcome again.",
    ),
]


def cause_of(request: Request, actor: UUID | None) -> Cause:
    """This request as the cause of what follows from it. What is no trace context is left out: a log is for ever."""
    trace = request.headers.get("traceparent", "")
    return Cause(actor=actor, correlation_id=new_id(), traceparent=trace if TRACEPARENT.fullmatch(trace) else None)


async def keyed(request: Request, actor: UUID, key: str | None) -> commands.Request | None:
    """What the key stands for, when there is one."""
    if key is None:
        return None
    return commands.Request.of(str(actor), key, f"{request.method} {request.url.path}", await request.body())


class Json(JSONResponse):
    """Written by orjson: a room with fifty listeners in a tenth of the time."""

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


def answer(outcome: Done[Any] | Refused, body: Mapping[str, Any] | None = None, status: int = 200) -> JSONResponse:
    """The room's (or whatever's) version after the command, and what else the caller should know; or the refusal."""
    if isinstance(outcome, Refused):
        return refusal(outcome)
    return Json({"seq": outcome.seq, **(body if body is not None else outcome.result)}, status)
