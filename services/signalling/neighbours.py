"""What signalling asks of rooms and media, over HTTP inside."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import httpx
import structlog

from contracts.base import Envelope
from contracts.cloudevents import UnknownType, from_json
from contracts.problems import Code
from contracts.room_snapshot import RoomSnapshot, Seat
from contracts.rooms import ROOM_FACTS, RoomFact
from services.kit.decisions import Refused
from services.kit.service_tokens import ServiceTokens
from services.signalling.lines import Line

log = structlog.get_logger()
MOST = 1000  # seats or rooms in one question
AWAY = Refused(Code.UNAVAILABLE, "Sound is not available right now. Try again in a moment.", 1)
NOBODY_THERE = (httpx.ConnectError, httpx.ConnectTimeout)
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


class Media:
    """A media node, at the address that its beat says."""

    def __init__(self, http: httpx.AsyncClient, tokens: ServiceTokens) -> None:
        self._http, self._tokens = http, tokens

    async def open(
        self, node_url: str, room_id: UUID, seat: Seat, seq: int, connection_no: int, offer: str, from_loopback: bool
    ) -> dict[str, str] | Refused:
        """`session_id` and `answer` for an offer, or why not. Raises one of NOBODY_THERE."""
        body = {
            "offer": offer,
            "from_loopback": from_loopback,
            "user_id": str(seat.user_id),
            "seat": seat.seat,
            "connection_no": connection_no,
            "role": seat.role,
            "muted": seat.muted,
            "seq": seq,
        }
        try:
            response = await self._send("POST", f"{node_url}/internal/rooms/{room_id}/sessions", body)
        except NOBODY_THERE:
            raise
        except httpx.HTTPError as error:
            log.warning("media node does not answer", node=node_url, error=repr(error))
            return AWAY
        if response.is_server_error:
            log.error("media node failed", node=node_url, status=response.status_code, body=response.text[:500])
            return AWAY
        said: dict[str, str] = response.json()
        return said if response.is_success else Refused(Code.of(said["code"]), said["message"])

    async def close(self, node_url: str, session_id: UUID) -> None:
        """Hang up. A node that does not answer has hung up already, or will by itself."""
        try:
            await self._send("DELETE", f"{node_url}/internal/sessions/{session_id}")
        except httpx.HTTPError as error:
            log.warning("media node does not answer", node=node_url, error=repr(error))

    async def tell(self, node_url: str, room: RoomSnapshot) -> None:
        """The roles as of now, for when the log does not reach media. Raises httpx.HTTPError."""
        seats = [
            {"user_id": str(seat.user_id), "seat": seat.seat, "role": seat.role, "muted": seat.muted}
            for seat in room.seats.values()
        ]
        url = f"{node_url}/internal/rooms/{room.id}/seats"
        (await self._send("PUT", url, {"seq": room.seq, "seats": seats})).raise_for_status()

    async def alive(self, node_urls: Sequence[str], lines: Sequence[Line]) -> set[tuple[UUID, UUID, int, int]]:
        """Which of these have sound (a check or packet in the last 10 s), at any of the nodes.

        Raises httpx.HTTPError when a node is there and does not answer: nobody is called lost because of that.
        """
        found: set[tuple[UUID, UUID, int, int]] = set()
        for url in node_urls:
            for first in range(0, len(lines), MOST):
                try:
                    found |= await self._alive(url, lines[first : first + MOST])
                except httpx.ConnectError:
                    break  # nobody listens there: its sound is gone
        return found

    async def _alive(self, url: str, lines: Sequence[Line]) -> set[tuple[UUID, UUID, int, int]]:
        response = await self._send("POST", f"{url}/internal/liveness", {"seats": [_seat(line) for line in lines]})
        response.raise_for_status()
        return {
            (UUID(row["room_id"]), UUID(row["user_id"]), row["seat"], row["connection_no"])
            for row in response.json()["alive"]
        }

    async def _send(self, method: str, url: str, body: Any = None) -> httpx.Response:
        return await self._http.request(method, url, json=body, headers=self._tokens.authorization("media"))


def _seat(line: Line) -> dict[str, Any]:
    return {
        "room_id": str(line.room_id),
        "user_id": str(line.user_id),
        "seat": line.seat,
        "connection_no": line.connection_no,
    }


def _fact(event: dict[str, Any]) -> Envelope[RoomFact] | UnknownType:
    try:
        return from_json(event, ROOM_FACTS)
    except UnknownType as unknown:
        return unknown
