"""Facts about connections and placement, told by services/signalling on `signal.events.v1`, keyed by room id."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from contracts.base import Fact


class ClosedReason(StrEnum):
    CLOSED = "closed"  # the client's own end
    LOST = "lost"  # neither socket nor sound any more
    SUPERSEDED = "superseded"  # the same person's newer connection took its place
    INSTANCE_LOST = "instance_lost"  # the signalling instance that held it died


class ConnectionOpened(Fact):
    """A seat has a line: an open socket, or sound at a media node."""

    type: Literal["signal.connection_opened.v1"] = "signal.connection_opened.v1"
    room_id: UUID
    user_id: UUID
    seat: int
    connection_no: int
    instance_id: UUID


class ConnectionClosed(Fact):
    type: Literal["signal.connection_closed.v1"] = "signal.connection_closed.v1"
    room_id: UUID
    user_id: UUID
    seat: int
    connection_no: int
    reason: ClosedReason


class RoomPlaced(Fact):
    """Which media node carries this room."""

    type: Literal["signal.room_placed.v1"] = "signal.room_placed.v1"
    room_id: UUID
    node_id: UUID


class RoomMoved(Fact):
    type: Literal["signal.room_moved.v1"] = "signal.room_moved.v1"
    room_id: UUID
    from_node_id: UUID
    node_id: UUID


SignalFact = Annotated[
    ConnectionOpened | ConnectionClosed | RoomPlaced | RoomMoved,
    Field(discriminator="type"),
]

SIGNAL_FACTS: TypeAdapter[SignalFact] = TypeAdapter(SignalFact)
