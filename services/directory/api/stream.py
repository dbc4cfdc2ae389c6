"""The live hallway: server-sent events (WHATWG HTML section 9.2)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import structlog
from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse
from starlette.types import Send

from contracts.problems import Code
from services.directory.api.filters import Parameters, Wanted, live_filter_of
from services.directory.live.doors import LiveDoors
from services.directory.live.subscription import BEAT, Again, Subscription
from services.directory.queries.listing import ENDED
from services.kit.database import Database
from services.kit.identity import MaybeCaller, Person
from services.kit.problems import ProblemError, responses

log = structlog.get_logger()
SLOW_SECONDS = 10.0  # who does not take a block for so long is let go


class EventStream(StreamingResponse):
    """A stream that lets go of whoever stops reading."""

    media_type = "text/event-stream"

    async def stream_response(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        try:
            async for block in self.body_iterator:
                async with asyncio.timeout(SLOW_SECONDS):
                    await send({"type": "http.response.body", "body": block, "more_body": True})
        except TimeoutError:
            log.warning("a hallway stream was too slow")
            return  # uvicorn closes the connection of an answer without an end
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def build_api(database: Database, doors: LiveDoors) -> APIRouter:
    api = APIRouter(prefix="/v1/hallway", tags=["hallway"])

    @api.get(
        "/stream",
        response_class=EventStream,
        responses={
            200: {"description": "`reset`, then the first page as `card`s; `card`, `gone`, `talking` from then on"},
            **responses(Code.INVALID_INPUT, Code.UNAUTHENTICATED),
        },
    )
    async def stream(
        wanted: Wanted, viewer: MaybeCaller, last_event_id: Annotated[str | None, Header(max_length=200)] = None
    ) -> EventStream:
        """Changes of the hallway's cards, as they happen, for the same filters as the list; and who talks.

        `gone` is a room that ended, or that is no longer among those asked for. Send the last `id` as `Last-Event-ID`
        when coming back. A stream that cannot go on from there begins with `reset`: throw away what you have. The
        followed clubs are those of the moment when the stream begins. A block between you and somebody else begins it
        again. `talking` names at most three people, once a second at most; nobody talks at first, whatever you heard
        before.
        """
        if wanted.states == (ENDED,):
            raise ProblemError(Code.INVALID_INPUT, "Rooms that have ended do not change: `GET /v1/rooms` lists them.")
        return EventStream(_blocks(wanted, viewer, last_event_id), headers={"Cache-Control": "no-store"})

    async def _blocks(wanted: Parameters, viewer: Person | None, last_event_id: str | None) -> AsyncIterator[bytes]:
        subscription = Subscription(await live_filter_of(database, wanted, viewer))
        with doors.subscribed(subscription):
            yield await doors.at_first(subscription.wanted, last_event_id) or BEAT
            while (news := await subscription.next()) is not None:
                if isinstance(news, Again):
                    doors.change(subscription, await live_filter_of(database, wanted, viewer))
                    yield await doors.at_first(subscription.wanted, None)
                else:
                    yield news

    return api
