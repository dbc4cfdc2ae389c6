"""What signalling and media ask: the room as of a version, and its facts without anything left out."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from contracts.cloudevents import to_json
from contracts.room_snapshot import RoomSnapshot
from services.kit.keys import KeyRing
from services.kit.service_tokens import ServiceTokens, only_services
from services.rooms.api.door import Door, RoomId
from services.rooms.queries import facts_about
from services.rooms.shapes.outgoing import EventFeed


class Rooms(BaseModel):
    rooms: list[UUID]


class Heads(BaseModel):
    heads: dict[UUID, int]


def build_api(door: Door, tokens: ServiceTokens) -> APIRouter:
    api = APIRouter(prefix="/internal/rooms", dependencies=[only_services(tokens)], include_in_schema=False)

    @api.post("/heads")
    async def versions(body: Rooms) -> Heads:
        """Asked every second about all rooms that a reader serves: it finds out that the log is late."""
        return Heads(heads=await door.store.heads(body.rooms))

    @api.get("/{room_id}")
    async def snapshot(room_id: RoomId) -> RoomSnapshot:
        return (await door.room(room_id)).public

    @api.get("/{room_id}/events")
    async def events(
        room_id: RoomId, after: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=2000)] = 1000
    ) -> EventFeed:
        envelopes, seq = await door.store.facts(room_id, after, limit)
        return EventFeed(events=[to_json(each) for each in envelopes], seq=seq)

    return api


class Piece(BaseModel):
    """Of the log; `next` goes on from there, None at its end."""

    events: list[dict[str, Any]]
    next: str | None


def people(door: Door, tokens: ServiceTokens) -> APIRouter:
    """What the directory asks for somebody who wants everything about them."""
    api = APIRouter(prefix="/internal/people", dependencies=[only_services(tokens)], include_in_schema=False)

    @api.get("/{user_id}/facts")
    async def facts(user_id: UUID, after: Annotated[str, Query(pattern=r"^(\d+-\d+)?$", max_length=60)] = "") -> Piece:
        events, next_piece = await facts_about(door.store, user_id, after)
        return Piece(events=events, next=next_piece)

    return api


def published(keys: KeyRing) -> APIRouter:
    """Where signalling finds the keys of tickets. Not routed from outside: there the path is directory's."""
    api = APIRouter(include_in_schema=False)

    @api.get("/.well-known/jwks.json")
    async def jwks() -> dict[str, Any]:
        return await keys.jwks()

    return api
