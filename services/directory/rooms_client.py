"""What directory asks rooms, whose log has it: how rooms were at an instant, and what is about somebody."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx

from contracts.problems import Code
from contracts.room_past import Instant, Snapshots
from contracts.room_snapshot import RoomSnapshot
from services.kit.problems import ProblemError
from services.kit.service_tokens import ServiceTokens

TIMEOUT_SECONDS, EXPORT_SECONDS = 10.0, 30.0


class RoomsClient:
    def __init__(self, url: str, tokens: ServiceTokens) -> None:
        self._url, self._tokens = url.rstrip("/"), tokens

    async def as_they_were(self, rooms: Sequence[UUID], at: datetime) -> list[RoomSnapshot]:
        """The first of these rooms, in this order. Raises ProblemError when rooms does not answer."""
        asked = Instant(at=at, rooms=list(rooms))
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False) as http:
                answer = await http.post(
                    f"{self._url}/internal/rooms/at",
                    content=asked.model_dump_json(),
                    headers={"Content-Type": "application/json", **self._tokens.authorization("rooms")},
                )
            answer.raise_for_status()
            return Snapshots.model_validate_json(answer.content).rooms
        except (httpx.HTTPError, ValueError) as error:  # ValueError: pydantic's, when it is no answer of ours
            message = "The past cannot be read right now. Try again in a few seconds."
            raise ProblemError(Code.UNAVAILABLE, message, {"Retry-After": "5"}) from error

    async def facts_about(self, user_id: UUID) -> AsyncIterator[dict[str, Any]]:
        """As that person was shown them, as CloudEvents JSON. Raises ProblemError when rooms does not answer."""
        after: str | None = ""
        try:
            async with httpx.AsyncClient(timeout=EXPORT_SECONDS, trust_env=False) as http:
                while after is not None:
                    answer = await http.get(
                        f"{self._url}/internal/people/{user_id}/facts",
                        params={"after": after},
                        headers=self._tokens.authorization("rooms"),
                    )
                    page = answer.raise_for_status().json()
                    for event in page["events"]:
                        yield event
                    after = page["next"]
        except (httpx.HTTPError, ValueError) as error:
            message = "Rooms does not answer just now. Try again in a few seconds."
            raise ProblemError(Code.UNAVAILABLE, message, {"Retry-After": "5"}) from error
