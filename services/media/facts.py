"""What a plane tells, as the facts that others read."""

from typing import TypedDict
from uuid import UUID

from contracts.media import MediaFact, MediaQuality, SpeakingStarted, SpeakingStopped
from services.media.engine.participant import Participant
from services.media.engine.plane import Quality, Started, Stopped


class Connection(TypedDict):
    room_id: UUID
    user_id: UUID
    seat: int
    connection_no: int


def of(who: Participant) -> Connection:
    return {
        "room_id": who.room_id,
        "user_id": who.user_id,
        "seat": who.seat,
        "connection_no": who.connection_no,
    }


def told(event: Started | Stopped | Quality, who: Participant, node_id: UUID) -> MediaFact:
    match event:
        case Started():
            return SpeakingStarted(room_id=who.room_id, user_id=who.user_id, seat=who.seat)
        case Stopped(seconds=seconds):
            return SpeakingStopped(room_id=who.room_id, user_id=who.user_id, seat=who.seat, seconds=seconds)
        case Quality():
            return MediaQuality(
                **of(who),
                node_id=node_id,
                up_loss=event.up_loss,
                up_jitter_ms=event.up_jitter_ms,
                down_loss=event.down_loss,
                down_jitter_ms=event.down_jitter_ms,
                round_trip_ms=event.round_trip_ms,
            )
