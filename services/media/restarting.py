"""What signalling hands in when a person's network changed, and the credentials that follow from it."""

from dataclasses import dataclass

from services.media.engine import fragment
from services.media.engine.participant import Participant
from services.media.engine.plane import IceCredentials
from services.media.engine.sessions import RandomBits
from services.media.joining import credentials

ANY = "*"


class Ended(Exception):
    """There is no such session (any more)."""


class Stale(Exception):
    """The ICE session that is meant is not the one of now."""


@dataclass(frozen=True)
class Restart:
    fragment: str
    if_match: str  # the header as it came (RFC 9110 section 13.1.1)
    from_loopback: bool  # whether the page came from a loopback host


def renewed(who: Participant, restart: Restart, random_bits: RandomBits) -> IceCredentials | None:
    """Other credentials; None when theirs are still the same, so that only candidates are told: checks show us those.

    Raises `InvalidSdp`, `Stale`.
    """
    ufrag = fragment.parse(restart.fragment)
    if not {ANY, who.etag} & {tag.strip().strip('"') for tag in restart.if_match.split(",")}:
        raise Stale
    return None if ufrag in (None, who.ice.remote_ufrag) else credentials(ufrag, random_bits)
