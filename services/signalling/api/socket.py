"""The room socket. See docs/protocol.md section 4."""

from dataclasses import dataclass
from uuid import UUID

import httpx
from fastapi import APIRouter
from starlette.websockets import WebSocket

from contracts.cloudevents import Poison
from contracts.room_snapshot import RoomSnapshot, RoomState
from contracts.room_view import view
from services.kit.tokens import KeysMissing
from services.signalling.broadcast import Broadcast
from services.signalling.feeds import Feeds
from services.signalling.lines import Line
from services.signalling.neighbours.rooms import Rooms
from services.signalling.outbox import Outbox, Told
from services.signalling.presence import Presence
from services.signalling.sockets import ELSEWHERE, ENDED, RESTART, SUBPROTOCOL, TICKET, RoomSocket
from services.signalling.tickets import Ticket, TicketDesk

TICKET_PREFIX = "ticket."
MOST_BEHIND = 1000  # facts; further behind, or from a version that never was, one is welcomed anew


def resumes(after: int | None, seq: int) -> bool:
    """Whether a client that has seen everything up to `after` may go on from there in a room that is at `seq`."""
    return after is not None and seq - MOST_BEHIND <= after <= seq


@dataclass(frozen=True)
class SocketDesk:
    tickets: TicketDesk
    feeds: Feeds
    rooms: Rooms
    presence: Presence
    broadcast: Broadcast
    beat_seconds: float

    async def serve(self, socket: WebSocket, room_id: UUID, after: int | None) -> None:
        """Refusals are close codes: a browser cannot see the status of a refused handshake."""
        offered = socket.scope.get("subprotocols", [])
        await socket.accept(SUBPROTOCOL if SUBPROTOCOL in offered else None)
        try:
            ticket = await self._ticket(socket, room_id)
            if ticket is None:
                return await socket.close(TICKET)
            # What a join's answer says may be newer than what the log has brought here.
            await self.feeds.follow(room_id, at_least=max(ticket.seat, after or 0))
        except (httpx.HTTPError, KeysMissing):
            return await socket.close(RESTART)
        if code := self._refusal(ticket):
            return await socket.close(code)
        await self._seated(socket, ticket, after)

    async def _ticket(self, socket: WebSocket, room_id: UUID) -> Ticket | None:
        """Read and used up."""
        offered = [name for name in socket.scope.get("subprotocols", []) if name.startswith(TICKET_PREFIX)]
        if len(offered) != 1:
            return None
        ticket = await self.tickets.read(offered[0].removeprefix(TICKET_PREFIX), "signal", room_id)
        return ticket if ticket and await self.tickets.use(ticket) else None

    def _refusal(self, ticket: Ticket) -> int | None:
        """The close code when the ticket's seat is not there (any more)."""
        room = self.feeds.get(ticket.room_id)
        if room is None:
            return RESTART
        if room.state is RoomState.ENDED:
            return ENDED
        seat = room.seats.get(ticket.user_id)
        return None if seat and seat.seat == ticket.seat else TICKET

    async def _seated(self, socket: WebSocket, ticket: Ticket, after: int | None) -> None:
        line = Line(ticket.room_id, ticket.user_id, ticket.seat, ticket.connection_no)
        own = RoomSocket(socket, ticket.user_id, self.beat_seconds, lambda state: self.presence.microphone(line, state))
        if await self.presence.opens(line):
            return await socket.close(ELSEWHERE)
        line.socket = own
        self.presence.takes(line)
        try:
            room, code = self.feeds.get(ticket.room_id), self._refusal(ticket)
            if room is None or code:  # it ended, or they left, just now
                return await socket.close(code or RESTART)
            self.broadcast.arrival(room, line)
            if await self._greet(socket, own.outbox, ticket, room, after):
                await own.run()
        finally:
            self.presence.socket_closed(line)

    async def _greet(
        self, socket: WebSocket, outbox: Outbox, ticket: Ticket, room: RoomSnapshot, after: int | None
    ) -> bool:
        """What comes first. Facts that happen meanwhile wait in the outbox. False when rooms does not answer."""
        if after is None or not resumes(after, room.seq):
            outbox.take()  # what was said until here is in the welcome
            await socket.send_json(
                {
                    "type": "welcome",
                    "seq": room.seq,
                    "room": view(room, ticket.user_id).model_dump(mode="json"),
                    "presence": self.broadcast.states(room),
                }
            )
            return True
        try:
            missed = await self.rooms.facts(room.id, after) if after < room.seq else []
        except (httpx.HTTPError, Poison):
            await socket.close(RESTART)
            return False
        await socket.send_json({"type": "resumed", "seq": after})
        past = Outbox(ticket.user_id)
        for told in map(Told, missed):
            if told.seq <= room.seq:  # later ones come by themselves
                past.add_fact(told, room)
        for state in self.broadcast.states(room):
            past.add_state(state)
        for message in past.take():
            await socket.send_json(message)
        return True


def build_api(desk: SocketDesk) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms")

    @api.websocket("/{room_id}/signal")
    async def signal(socket: WebSocket, room_id: UUID) -> None:
        after = socket.query_params.get("after", "")
        await desk.serve(socket, room_id, int(after) if after.isdecimal() and len(after) < 19 else None)

    return api
