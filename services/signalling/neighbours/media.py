"""What signalling asks of a media node."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import httpx
import structlog

from contracts.problems import Code
from contracts.room_snapshot import RoomSnapshot, Seat
from services.kit.decisions import Refused
from services.kit.problems import MEDIA_TYPE as PROBLEM
from services.kit.service_tokens import ServiceTokens
from services.signalling.lines import Line

log = structlog.get_logger()
MOST = 1000  # seats in one question
AWAY = Refused(Code.UNAVAILABLE, "Sound is not available right now. Try again in a moment.", 1)
NOBODY_THERE = (httpx.ConnectError, httpx.ConnectTimeout)


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
        return await self._asked("POST", f"{node_url}/internal/rooms/{room_id}/sessions", body)

    async def restart(
        self, node_url: str, session_id: UUID, fragment: str, if_match: str, from_loopback: bool
    ) -> dict[str, str] | Refused:
        """`etag` and, where there is one, the `fragment` that answers; or why not. Raises one of NOBODY_THERE."""
        body = {"fragment": fragment, "if_match": if_match, "from_loopback": from_loopback}
        return await self._asked("PATCH", f"{node_url}/internal/sessions/{session_id}/ice", body)

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

    async def _asked(self, method: str, url: str, body: Any) -> dict[str, str] | Refused:
        """The answer, or a refusal: media's own, or that it is away. Raises one of NOBODY_THERE."""
        try:
            response = await self._send(method, url, body)
        except NOBODY_THERE:
            raise
        except httpx.HTTPError as error:
            log.warning("media node does not answer", url=url, error=repr(error))
            return AWAY
        return response.json() if response.is_success else _refusal(response)

    async def _send(self, method: str, url: str, body: Any = None) -> httpx.Response:
        return await self._http.request(method, url, json=body, headers=self._tokens.authorization("media"))


def _seat(line: Line) -> dict[str, Any]:
    return {
        "room_id": str(line.room_id),
        "user_id": str(line.user_id),
        "seat": line.seat,
        "connection_no": line.connection_no,
    }


def _refusal(response: httpx.Response) -> Refused:
    """What media says, for the one who asked; whatever it does not say is our own business."""
    said = response.json() if response.headers["content-type"].startswith(PROBLEM) else {}
    code = Code.of(said.get("code", Code.INTERNAL_ERROR.code))
    if code in (Code.INTERNAL_ERROR, Code.UNAVAILABLE):
        log.error("media node failed", url=str(response.url), status=response.status_code, body=response.text[:500])
        return AWAY
    wait = response.headers.get("Retry-After")
    return Refused(code, said["message"], int(wait) if wait else None)
