"""The data plane: all that is done with a datagram without asking anyone. It exists twice, and both do the same.

`PythonPlane` is always there and says what is right; the C plane does it without Python's lock. Whoever runs one hands
in what came and what time it is, and reads what it tells. Rooms and sessions are numbers, given by who opens them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Address = tuple[str, int]  # as the address of an interface is written, never an IPv4 address in IPv6's clothes


class Srtp(Protocol):
    """The SRTP sessions of one participant, both ways. The `unprotect`s raise `Undecryptable`.

    `seal` and `unseal` are libsrtp's own, for a plane that calls it itself.
    """

    @property
    def seal(self) -> object: ...
    @property
    def unseal(self) -> object: ...
    def unprotect(self, packet: bytes) -> bytes: ...
    def unprotect_rtcp(self, packet: bytes) -> bytes: ...
    def protect(self, packet: bytes) -> bytes | memoryview | None: ...
    def protect_rtcp(self, packet: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class IceCredentials:
    """What both sides put into USERNAME, and the key of MESSAGE-INTEGRITY towards us."""

    local_ufrag: str
    local_password: str
    remote_ufrag: str


@dataclass(frozen=True, slots=True)
class StreamStart:
    """Where a slot's outgoing stream begins. `sequence` is in the low half: SRTP's roll-over counter starts at 0."""

    ssrc: int
    sequence: int
    timestamp: int  # 1/48,000 s


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed on with one session: its offer and our answer."""

    room: int
    seat: int  # the CSRC of its voice
    ice: IceCredentials
    payload_type: int  # of opus, both ways
    lines: int  # slots that the client has room for, from the lowest
    level_id: int | None  # of the audio level extension on its microphone (RFC 6464)
    source_level_id: int | None  # of the extension that tells it how loud a voice is (RFC 6465), if it wants that


@dataclass(frozen=True, slots=True)
class Record:
    """A DTLS datagram of theirs."""

    session: int
    datagram: bytes


@dataclass(frozen=True, slots=True)
class Started:
    """They began to speak."""

    session: int


@dataclass(frozen=True, slots=True)
class Stopped:
    session: int
    seconds: float  # spoken


@dataclass(frozen=True, slots=True)
class Silent:
    """No sign of life for as long as a session may be silent. Told once."""

    session: int


@dataclass(frozen=True, slots=True)
class Quality:
    """How well sound crosses the network, every 10 s: `up` is their microphone, `down` what they say of our slots.

    Losses are parts of the packets sent, 0 to 1, since the report before. None where nothing is known.
    """

    session: int
    up_loss: float | None
    up_jitter_ms: float | None
    down_loss: float | None
    down_jitter_ms: float | None
    round_trip_ms: float | None


Event = Record | Started | Stopped | Silent | Quality


class Plane(Protocol):
    """Nothing here waits or raises, whatever came in. `now` is monotonic seconds."""

    def open(self, room: int, reporter: int, streams: Sequence[StreamStart]) -> None:
        """A room, with the SSRC of its receiver reports and its slots, lowest first."""

    def close(self, room: int) -> None:
        """A room that nobody is in."""

    def add(self, session: int, terms: Terms, now: float) -> None:
        """A session that has not connected yet: from now on its checks are answered."""

    def renew(self, session: int, ice: IceCredentials) -> None:
        """ICE restart: other credentials; sound stays where it is until a check with these moves it."""

    def connect(self, session: int, srtp: Srtp, now: float) -> None:
        """Encryption stands: they hear, and may be heard."""

    def allow(self, session: int, heard: bool, now: float) -> None:
        """Whether they may be heard. At first nobody may."""

    def silence(self, session: int, now: float) -> None:
        """They neither hear nor are heard any more, and their keys are forgotten; a goodbye may still be sent."""

    def remove(self, session: int) -> None:
        """Forget a silenced session and where it is."""

    def send(self, session: int, record: bytes) -> None:
        """A DTLS datagram to where they are."""

    def receive(self, datagram: bytes, address: Address, now: float) -> None:
        """What came in on the socket."""

    def tick(self, now: float, unix: float) -> None:
        """What happens by itself, ten times a second. `unix`: seconds since 1970, for sender reports."""

    def told(self) -> list[Event]:
        """What happened since the last call, in order."""

    def heard_at(self, session: int) -> float | None:
        """When the last valid check or authentic packet came; None before the first."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Datagrams ever, by what became of them: see `COUNTS`."""


COUNTS = (
    "sent",  # voices, one a listener
    "dropped",  # the kernel would not have it
    "refused",  # libsrtp would not have it
    "rtp",
    "rtcp",
    "check",  # STUN, answered
    "refused_check",
    "dtls",
    "held_back",  # DTLS of ours that would amplify
    "unknown_address",
    "malformed",
    "undecryptable",
    "foreign",
    "untold",  # events that nobody fetched in time
)
