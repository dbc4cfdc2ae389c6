"""The SDP exchange behind its routes: whose ticket, which seat, which node; then media's own answer."""

from dataclasses import dataclass
from uuid import UUID

import httpx

from contracts.media import NodeBeat
from contracts.problems import Code
from contracts.room_snapshot import RoomState, Seat
from services.kit.database import Database
from services.kit.decisions import Refused
from services.kit.events import Cause
from services.kit.identity import AUDIENCE, Person
from services.kit.problems import ProblemError
from services.kit.tokens import InvalidToken, Verifier
from services.signalling.domain import SUPERSEDED
from services.signalling.feeds import Feeds
from services.signalling.lines import Line
from services.signalling.neighbours.media import NOBODY_THERE, Media
from services.signalling.placement import NO_NODE, Placement
from services.signalling.presence import Presence
from services.signalling.tickets import Ticket, TicketDesk

BAD_TICKET = (Code.INVALID_TICKET, "This ticket is not valid here, is too old, or was used. Join again for a new one.")
NOTHING_OPENED = (Code.NO_MEDIA_NODE, Code.NODE_FULL)
SOUND_ENDED = Refused(Code.NOT_FOUND, "This sound has ended. Join again and make a new connection.")
GONE = (Code.NOT_IN_ROOM, "You're not in this room any more. Step in again.")


@dataclass(frozen=True)
class Opened:
    session_id: UUID
    answer: str  # SDP
    etag: str


@dataclass(frozen=True)
class Restarted:
    fragment: str | None  # of SDP; None: nothing to say
    etag: str


@dataclass(frozen=True)
class Exchange:
    database: Database
    tickets: TicketDesk
    people: Verifier
    feeds: Feeds
    placement: Placement
    media: Media
    presence: Presence

    async def ticket(self, token: str, room_id: UUID) -> Ticket:
        """Read, not used up yet. Raises ProblemError."""
        ticket = await self.tickets.read(token, "media", room_id)
        if ticket is None:
            raise ProblemError(*BAD_TICKET)
        return ticket

    async def seat(self, ticket: Ticket) -> tuple[Seat, int]:
        """The ticket's seat as it is now, and the version that this is as of. Raises ProblemError."""
        try:
            room = await self.feeds.follow(ticket.room_id, at_least=ticket.seat)
        except httpx.HTTPError as error:
            message = "Not available right now. Try again in a moment."
            raise ProblemError(Code.UNAVAILABLE, message, {"Retry-After": "1"}) from error
        if room is None or room.state is RoomState.ENDED:
            raise ProblemError(Code.ROOM_ENDED, "This room has ended. There are others in the hallway.")
        seat = room.seats.get(ticket.user_id)
        if seat is None or seat.seat != ticket.seat:
            raise ProblemError(*GONE)
        return seat, room.seq

    async def open(self, ticket: Ticket, offer: str, from_loopback: bool, cause: Cause) -> Opened | Refused:
        """A session for this ticket, at the room's node. Raises ProblemError when the ticket was used."""
        seat, seq = await self.seat(ticket)
        if await self.placement.superseded(ticket.room_id, ticket.user_id, (ticket.seat, ticket.connection_no)):
            return SUPERSEDED
        node = await self.placement.node_of(ticket.room_id, cause)
        if isinstance(node, Refused):
            return node  # the ticket is still good for another try
        if not await self.tickets.use(ticket):
            raise ProblemError(*BAD_TICKET)
        said = await self._ask(node, ticket, seat, seq, offer, from_loopback)
        if isinstance(said, Refused):
            return said
        opened = Opened(UUID(said["session_id"]), said["answer"], said["etag"])
        await self.database.execute(
            REMEMBER, opened.session_id, *(ticket.room_id, ticket.user_id, ticket.jti, node.url)
        )
        self.presence.sound_expected(Line(ticket.room_id, ticket.user_id, ticket.seat, ticket.connection_no))
        return opened

    async def _ask(
        self, node: NodeBeat, ticket: Ticket, seat: Seat, seq: int, offer: str, from_loopback: bool
    ) -> dict[str, str] | Refused:
        try:
            said = await self.media.open(
                node.url, ticket.room_id, seat, seq, ticket.connection_no, offer, from_loopback
            )
        except NOBODY_THERE:
            self.placement.failed(node)
            said = NO_NODE
        if isinstance(said, Refused) and said.code in NOTHING_OPENED:
            await self.tickets.give_back(ticket)
        return said

    async def own_session(self, token: str, room_id: UUID, session_id: UUID) -> str:
        """The node's address of a session that is the bearer's. Raises ProblemError.

        The ticket that opened it counts whatever its age, and so does an access token of the same person.
        """
        row = await self.database.fetchrow(SESSION, session_id, room_id)
        ticket = await self.tickets.read(token, "media", room_id, whatever_age=True)
        who = ticket.user_id if ticket else await self._person(token)
        if row is None or row["user_id"] != who or (ticket and ticket.jti != row["jti"]):
            raise ProblemError(Code.NOT_FOUND, "There is no such media session of yours.")
        return str(row["node_url"])

    async def _person(self, token: str) -> UUID:
        try:
            return Person.of(await self.people.verify(token, AUDIENCE)).user_id
        except (InvalidToken, ValueError, KeyError) as error:
            raise ProblemError(*BAD_TICKET) from error

    async def restart(
        self, node_url: str, session_id: UUID, fragment: str, if_match: str, from_loopback: bool
    ) -> Restarted | Refused:
        """Other ICE credentials for a session. A node that is gone took the session with it."""
        try:
            said = await self.media.restart(node_url, session_id, fragment, if_match, from_loopback)
        except NOBODY_THERE:
            return SOUND_ENDED
        return said if isinstance(said, Refused) else Restarted(said["fragment"], said["etag"])

    async def hang_up(self, node_url: str, session_id: UUID) -> None:
        await self.media.close(node_url, session_id)
        self.presence.look_soon()

    async def forget_old(self) -> None:
        await self.database.execute(FORGET)


SESSION = "select user_id, jti, node_url from media_sessions where session_id = $1 and room_id = $2"
REMEMBER = "insert into media_sessions (session_id, room_id, user_id, jti, node_url) values ($1, $2, $3, $4, $5)"
FORGET = "delete from media_sessions where at < now() - interval '7 days'"
