"""Questions to the rooms service."""

from uuid import UUID

import httpx

from contracts.room_snapshot import RoomSnapshot
from services.kit.service_tokens import ServiceTokens


class Unanswered(Exception):
    """Rooms did not answer, or not with a room; the message says why."""


class RoomsClient:
    def __init__(self, http: httpx.AsyncClient, url: str, tokens: ServiceTokens) -> None:
        self._http, self._url, self._tokens = http, url.rstrip("/"), tokens

    async def snapshot(self, room_id: UUID) -> RoomSnapshot:
        """The room as it is now. Raises `Unanswered`."""
        try:
            answer = await self._http.get(
                f"{self._url}/internal/rooms/{room_id}", headers=self._tokens.authorization("rooms")
            )
            answer.raise_for_status()
            return RoomSnapshot.model_validate_json(answer.content)
        except (httpx.HTTPError, ValueError) as error:  # ValueError: pydantic's, when it is no room
            raise Unanswered(f"{type(error).__name__}: {error}") from error
