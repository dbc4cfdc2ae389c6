"""One media session, as its node knows it: whose it is, and under which number the plane has it."""

from dataclasses import dataclass
from uuid import UUID

from services.media.engine.plane import IceCredentials


@dataclass(eq=False)
class Participant:
    session_id: UUID
    room_id: UUID
    user_id: UUID
    seat: int
    connection_no: int
    mid: str  # of the first line of its bundle
    ice: IceCredentials
    number: int
    connected: bool = False  # encryption stands
    heard: bool = False  # may be: what the plane was told last

    @property
    def etag(self) -> str:
        """Names its ICE session (RFC 9725 section 4.3.1): other credentials, another ETag."""
        return self.ice.local_ufrag

    @property
    def precedence(self) -> tuple[int, int]:
        """Of two sessions of one person in a room the greater stays: the later seat, then the later connection."""
        return self.seat, self.connection_no
