"""What signalling asks of rooms."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import httpx

from contracts.base import Envelope
from contracts.cloudevents import UnknownType, from_json
from contracts.room_snapshot import RoomSnapshot
from contracts.rooms import ROOM_FACTS, RoomFact
from services.kit.service_tokens import ServiceTokens

MOST = 1000  # rooms in one question
Facts = list[Envelope[RoomFact] | UnknownType]


class Rooms:
    """Raises httpx.HTTPError when rooms does not answer as it should."""

    def __init__(self, http: httpx.AsyncClient, url: str, tokens: ServiceTokens) -> None:
        self._http, self._url, self._tokens = http, url, tokens

    async def snapshot(self, room_id: UUID) -> RoomSnapshot | None:
        """The room as of its `seq`; None when there is no such room."""
        response = await self._get(f"/internal/rooms/{room_id}")
        if response.status_code == 404:
            return None
        response.raise_for_status()
        return RoomSnapshot.model_validate_json(response.content)

    async def facts(self, room_id: UUID, after: int) -> Facts:
        """All facts above `after`, in order. Raises Poison when one of them cannot be read."""
        facts: Facts = []
        while True:
            response = await self._get(f"/internal/rooms/{room_id}/events?after={after}&limit=1000")
            response.raise_for_status()
            page: dict[str, Any] = response.json()
            facts += [_fact(event) for event in page["events"]]
            if page["seq"] == after or len(page["events"]) < 1000:
                return facts
            after = page["seq"]

    async def heads(self, room_ids: Sequence[UUID]) -> dict[UUID, int]:
        """The version of each of these rooms by now."""
        heads: dict[UUID, int] = {}
        for first in range(0, len(room_ids), MOST):
            body = {"rooms": [str(room_id) for room_id in room_ids[first : first + MOST]]}
            headers = self._tokens.authorization("rooms")
            response = await self._http.post(f"{self._url}/internal/rooms/heads", json=body, headers=headers)
            response.raise_for_status()
            heads |= {UUID(room_id): seq for room_id, seq in response.json()["heads"].items()}
        return heads

    async def _get(self, path: str) -> httpx.Response:
        return await self._http.get(self._url + path, headers=self._tokens.authorization("rooms"))


def _fact(event: dict[str, Any]) -> Envelope[RoomFact] | UnknownType:
    try:
        return from_json(event, ROOM_FACTS)
    except UnknownType as unknown:
        return unknown
