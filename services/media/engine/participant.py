"""One media session: a person's microphone and ears, as the engine knows them."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from services.media.engine.listener import Address, Listener
from services.media.engine.reports import Reception
from services.media.engine.rollover import RollOver
from services.media.engine.slots import Speaker
from services.media.engine.speaking import Speaking
from services.media.engine.stun import IceCredentials

MOST_ADDRESSES = 16  # a client proves one for each pair it tries


class Undecryptable(Exception):
    """Not encrypted for us, changed on the way, or a replay."""


class Srtp(Protocol):
    """The SRTP sessions of one participant. The `unprotect`s raise `Undecryptable`; `seal` is for the plane."""

    seal: object

    def unprotect(self, packet: bytes) -> bytes: ...
    def unprotect_rtcp(self, packet: bytes) -> bytes: ...
    def protect_rtcp(self, packet: bytes) -> bytes: ...


@dataclass(eq=False)
class Participant:
    session_id: UUID
    room_id: UUID
    user_id: UUID
    seat: int
    connection_no: int
    ice: IceCredentials
    payload_type: int
    level_id: int | None
    listener: Listener
    last_heard: float  # seconds: a valid STUN check or an authentic packet
    addresses: list[Address] = field(default_factory=list)  # proven by a check, oldest first
    srtp: Srtp | None = None  # None until the DTLS handshake is done
    report_due: float = float("inf")  # seconds
    speaker: Speaker = field(init=False)
    speaking: Speaking = field(default_factory=Speaking)
    reception: Reception = field(default_factory=Reception)
    roll_over: RollOver = field(default_factory=RollOver)

    def __post_init__(self) -> None:
        self.speaker = Speaker(self.seat)

    @property
    def precedence(self) -> tuple[int, int]:
        """Of two sessions of one person in a room the greater stays: the later seat, then the later connection."""
        return self.seat, self.connection_no
