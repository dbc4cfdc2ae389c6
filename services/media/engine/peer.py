"""One media session as the plane knows it: where it is, its microphone and its ears."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from services.media.engine.listener import Listener
from services.media.engine.plane import Address, IceCredentials, Srtp, Terms
from services.media.engine.reception import Reception
from services.media.engine.reports import Hearing
from services.media.engine.rollover import RollOver
from services.media.engine.slots import Speaker
from services.media.engine.speaking import Speaking

if TYPE_CHECKING:
    from services.media.engine.room import Room

MOST_ADDRESSES = 16  # a client proves one for each pair it tries
AMPLIFICATION = 3  # bytes that we send for one of theirs before DTLS is done


class Undecryptable(Exception):
    """Not encrypted for us, changed on the way, or a replay."""


@dataclass(eq=False)
class Peer:
    session: int
    room: "Room"
    terms: Terms
    ice: IceCredentials
    last_heard: float  # seconds: a valid check or an authentic packet; at first, when it came to be
    listener: Listener = field(init=False)
    addresses: list[Address] = field(default_factory=list)  # proven by a check, oldest first
    srtp: Srtp | None = None  # None until the DTLS handshake is done
    heard: bool = False  # may be
    lively: bool = False  # gave a sign of life
    told_silent: bool = False
    proven: bool = False  # DTLS was done
    received: int = 0  # bytes, before that
    spent: int = 0
    report_due: float = float("inf")  # seconds
    reports: int = 0
    speaker: Speaker = field(init=False)
    speaking: Speaking = field(default_factory=Speaking)
    reception: Reception = field(default_factory=Reception)
    hearing: Hearing = field(default_factory=Hearing)
    roll_over: RollOver = field(default_factory=RollOver)

    def __post_init__(self) -> None:
        self.listener = Listener(self.terms)
        self.speaker = Speaker(self.terms.seat)

    def alive(self, now: float) -> None:
        self.last_heard, self.lively = now, True

    def may_send(self, size: int) -> bool:
        """Whether so many bytes more are no amplification; they count as sent then (RFC 9000 section 8.1's rule)."""
        if not self.proven:
            if self.spent + size > AMPLIFICATION * self.received:
                return False
            self.spent += size
        return True
