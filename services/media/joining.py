"""What signalling hands in when a person's browser has made its offer, and the participant it becomes."""

from dataclasses import dataclass
from uuid import UUID

from services.kit.ids import NewId
from services.media.engine.gate import Standing
from services.media.engine.listener import Listener
from services.media.engine.offer import Offer
from services.media.engine.participant import Participant
from services.media.engine.room import RandomBits
from services.media.engine.stun import IceCredentials


class NotInRoom(Exception):
    """The room said that this seat is not in it any more."""


@dataclass(frozen=True)
class Joining:
    """A person's offer, and their place in the room as far as signalling knew."""

    room_id: UUID
    user_id: UUID
    connection_no: int
    standing: Standing
    offer: str
    from_loopback: bool  # whether the page came from a loopback host


def participant(joining: Joining, offer: Offer, now: float, new_id: NewId, random_bits: RandomBits) -> Participant:
    """A session that has not connected yet; it has as long to do so as it may be silent later."""
    return Participant(
        session_id=new_id(),
        room_id=joining.room_id,
        user_id=joining.user_id,
        seat=joining.standing.seat,
        connection_no=joining.connection_no,
        ice=IceCredentials(  # RFC 8445 section 5.3: at least 24 and 128 random bits
            local_ufrag=f"{random_bits(32):08x}",
            local_password=f"{random_bits(128):032x}",
            remote_ufrag=offer.ufrag,
        ),
        payload_type=offer.payload_type,
        level_id=offer.microphone.level_id if offer.microphone else None,
        listener=Listener(offer.payload_type, offer.slots),
        last_heard=now,
    )
