"""Measurements, best effort: `media.nodes.v1` (compacted, keyed by node) and `media.events.v1` (keyed by room)."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from contracts.base import Fact


class NodeBeat(Fact):
    """A node says how it is, every 2 s; over 6 s old, by `ce_time`, it is a dead node. A restart makes a new node."""

    type: Literal["media.node_beat.v1"] = "media.node_beat.v1"
    node_id: UUID
    name: str  # for people: "media-1"
    url: str  # its HTTP address inside, for signalling only
    sessions: int
    rooms: int
    load: float  # of its busiest core, 0 to 1
    packets_per_second: float
    draining: bool = False
    loop: str = "python"  # which data plane runs: native, or python
    loops: int = 1  # how many of them, each with a core's share of the rooms
    places: int | None = None  # sessions that it still takes; None: it does not say


class SpeakingStarted(Fact):
    type: Literal["media.speaking_started.v1"] = "media.speaking_started.v1"
    room_id: UUID
    user_id: UUID
    seat: int


class SpeakingStopped(Fact):
    type: Literal["media.speaking_stopped.v1"] = "media.speaking_stopped.v1"
    room_id: UUID
    user_id: UUID
    seat: int
    seconds: float


class MediaConnected(Fact):
    type: Literal["media.connected.v1"] = "media.connected.v1"
    room_id: UUID
    user_id: UUID
    seat: int
    connection_no: int
    node_id: UUID


class MediaDisconnected(Fact):
    type: Literal["media.disconnected.v1"] = "media.disconnected.v1"
    room_id: UUID
    user_id: UUID
    seat: int
    connection_no: int
    node_id: UUID
    reason: Literal["closed", "silent", "superseded", "left", "draining"]


class MediaQuality(Fact):
    """How well sound crosses one connection, every 10 s. Losses are parts of the packets, 0 to 1, in the last 5 s.

    `up` is their microphone as it arrives here, `down` what they say of the voices that we send. None: nothing known.
    """

    type: Literal["media.quality.v1"] = "media.quality.v1"
    room_id: UUID
    user_id: UUID
    seat: int
    connection_no: int
    node_id: UUID
    up_loss: float | None
    up_jitter_ms: float | None
    down_loss: float | None
    down_jitter_ms: float | None
    round_trip_ms: float | None


MediaFact = Annotated[
    NodeBeat | SpeakingStarted | SpeakingStopped | MediaConnected | MediaDisconnected | MediaQuality,
    Field(discriminator="type"),
]

MEDIA_FACTS: TypeAdapter[MediaFact] = TypeAdapter(MediaFact)
