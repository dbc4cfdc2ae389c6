"""The live hallway: server-sent events (WHATWG HTML section 9.2)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import structlog
from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from starlette.types import Send

from contracts.problems import Code
from services.directory.api.filters import Wanted, filter_of
from services.directory.live.hallway import LiveHallway
from services.directory.queries import rooms
from services.directory.queries.listing import Filter
from services.directory.shapes.rooms import CardShape
from services.kit.database import Database
from services.kit.identity import MaybeCaller
from services.kit.problems import responses

log = structlog.get_logger()
FIRST_PAGE = 100  # cards
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


def build_api(database: Database, live: LiveHallway) -> APIRouter:
    api = APIRouter(prefix="/v1/hallway", tags=["hallway"])

    @api.get(
        "/stream",
        response_class=EventStream,
        responses={
            200: {"description": "`reset`, then the first page as `card`s; `card` and `gone` from then on"},
            **responses(Code.INVALID_INPUT, Code.UNAUTHENTICATED),
        },
    )
    async def stream(
        wanted: Wanted, viewer: MaybeCaller, last_event_id: Annotated[str | None, Header(max_length=200)] = None
    ) -> EventStream:
        """Changes of the hallway's cards, as they happen, for the same parameters as the list.

        `gone` is a room that ended, or that is no longer among those asked for. Send the last `id` as `Last-Event-ID`
        when coming back. A stream that cannot go on from there begins with `reset`: throw away what you have. The
        followed clubs are those of the moment when the stream begins.
        """
        chosen = await filter_of(database, wanted, viewer)
        return EventStream(_blocks(chosen, last_event_id), headers={"Cache-Control": "no-store"})

    async def _blocks(wanted: Filter, last_event_id: str | None) -> AsyncIterator[bytes]:
        with live.subscribed(wanted, last_event_id) as (subscription, missed):
            if missed is None:
                for block in await _first_page(wanted, live.last_id):
                    yield block
            for change in missed or ():
                if (said := change.block_for(wanted)) is not None:
                    yield said
            while (next_block := await subscription.next()) is not None:
                yield next_block

    async def _first_page(wanted: Filter, as_of: str) -> list[bytes]:
        """The id comes with the last block: a page that broke off half-way is no place to go on from."""
        page = await rooms.page(database, wanted, FIRST_PAGE)
        cards = [("card", CardShape.model_validate(card).model_dump_json()) for card in page.rooms]
        *most, last = [("reset", "{}"), *cards]
        blocks = [format_sse_event(event=event, data_str=json) for event, json in most]
        return [*blocks, format_sse_event(event=last[0], data_str=last[1], id=as_of)]

    return api
