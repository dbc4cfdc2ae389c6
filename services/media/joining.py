"""What signalling hands in when a person's browser has made its offer, and the participant it becomes."""

from dataclasses import dataclass
from uuid import UUID

from services.kit.ids import NewId
from services.media.engine.gate import Standing
from services.media.engine.offer import Offer
from services.media.engine.participant import Participant
from services.media.engine.plane import IceCredentials, Terms
from services.media.engine.sessions import RandomBits, RoomHere


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


def participant(joining: Joining, number: int, offer: Offer, new_id: NewId, random_bits: RandomBits) -> Participant:
    """A session that has not connected yet."""
    return Participant(
        session_id=new_id(),
        room_id=joining.room_id,
        user_id=joining.user_id,
        seat=joining.standing.seat,
        connection_no=joining.connection_no,
        mid=offer.used[0].mid,
        ice=credentials(offer.ufrag, random_bits),
        number=number,
    )


def credentials(remote_ufrag: str, random_bits: RandomBits) -> IceCredentials:
    """New ones of ours: at least 24 and 128 random bits (RFC 8445 section 5.3), more, as thousands share a port."""
    return IceCredentials(f"{random_bits(64):016x}", f"{random_bits(128):032x}", remote_ufrag)


def terms(room: RoomHere, who: Participant, offer: Offer) -> Terms:
    return Terms(
        room=room.number,
        seat=who.seat,
        ice=who.ice,
        payload_type=offer.payload_type,
        lines=offer.slots,
        level_id=offer.microphone.level_id if offer.microphone else None,
        source_level_id=offer.source_level_id,
    )
