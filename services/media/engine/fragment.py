"""An ICE restart as a piece of SDP, `application/trickle-ice-sdpfrag` (RFC 8840 section 9): read and answered."""

import re
from collections.abc import Iterator, Sequence

from services.media.engine.candidates import Candidate, reaching
from services.media.engine.offer import InvalidSdp
from services.media.engine.plane import IceCredentials

MOST_LINES = 256
LINE = re.compile(r"[am]=[\x20-\x7e]+")
UFRAG, PASSWORD = re.compile(r"[A-Za-z0-9+/]{4,256}"), re.compile(r"[A-Za-z0-9+/]{22,256}")  # RFC 8839 section 5.4
CANDIDATES = ("a=candidate:", "a=end-of-candidates")


def parse(text: str) -> str | None:
    """The ufrag in it; None when it only tells candidates. Raises `InvalidSdp`.

    The password is looked at and dropped: we are ICE-lite and send no checks that it would sign.
    """
    lines = text.splitlines()
    if not 0 < len(lines) <= MOST_LINES or not all(map(LINE.fullmatch, lines)):
        raise InvalidSdp(f"The fragment has other lines than a= and m=, or not 1 to {MOST_LINES} of them.")
    ufrag, password = _only(lines, "a=ice-ufrag:", UFRAG), _only(lines, "a=ice-pwd:", PASSWORD)
    if (ufrag is None) != (password is None):
        raise InvalidSdp("The fragment has only one of a=ice-ufrag and a=ice-pwd.")
    if ufrag is None and not any(line.startswith(CANDIDATES) for line in lines):
        raise InvalidSdp("The fragment has neither a=ice-ufrag with a=ice-pwd nor candidates.")
    return ufrag


def write(mid: str, ice: IceCredentials, candidates: Sequence[Candidate]) -> str:
    """Our end after a restart. `mid` is that of the bundle's first line; the m= line is the pseudo one of RFC 8840."""
    lines = ["a=ice-lite", "m=audio 9 RTP/AVP 0", f"a=mid:{mid}"]
    lines += reaching(candidates, ice.local_ufrag, ice.local_password)
    return "\r\n".join(lines) + "\r\n"


def _only(lines: Sequence[str], attribute: str, grammar: re.Pattern[str]) -> str | None:
    """The one value of an attribute. There is one transport, so lines may repeat it but not disagree."""
    values = set(_values(lines, attribute))
    if len(values) > 1 or not all(map(grammar.fullmatch, values)):
        raise InvalidSdp(f"The fragment has more than one {attribute[:-1]}, or one that is too short, too long or odd.")
    return values.pop() if values else None


def _values(lines: Sequence[str], attribute: str) -> Iterator[str]:
    return (line.removeprefix(attribute) for line in lines if line.startswith(attribute))
