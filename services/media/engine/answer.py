"""Our answer to an offer: the same lines in the same order, one transport, opus, and slots that never change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.media.engine.candidates import Candidate, reaching
from services.media.engine.offer import LEVELS, Line, Offer, Use

OPUS = "opus/48000/2"
OPUS_PARAMETERS = "minptime=10;useinbandfec=1;usedtx=1"  # RFC 7587 section 6.1
CNAME = "hallway"
PACKET_MS = 40  # half the packets of 20 ms, and half of everybody's work; a wish that a client need not fulfil


@dataclass(frozen=True, slots=True)
class Transport:
    """Our end of the one transport."""

    ufrag: str
    password: str
    fingerprint: str  # "sha-256 AB:CD:…"
    candidates: Sequence[Candidate]  # at least one, best first


def write(offer: Offer, ssrcs: Sequence[int], transport: Transport, session_number: int) -> str:
    """The answer's text; `ssrcs` are the room's, one a slot, lowest slot first."""
    best = transport.candidates[0]
    lines = [
        "v=0",
        f"o=- {session_number} 1 IN IP{best.address.version} {best.address}",
        "s=-",
        "t=0 0",
        "a=ice-lite",
        f"a=group:BUNDLE {' '.join(line.mid for line in offer.used)}",
        "a=msid-semantic:WMS *",
    ]
    free = iter(enumerate(ssrcs))
    for line in offer.lines:
        match line.use:
            case Use.NONE:
                lines += _refused(line)
            case Use.MICROPHONE:
                lines += [*_common(line, transport, "recvonly"), *_level(line), f"a=ptime:{PACKET_MS}"]
            case Use.SLOT:
                slot, ssrc = next(free)
                lines += [
                    *_common(line, transport, "sendonly"),
                    *_level(line),
                    f"a=msid:slot{slot} slot{slot}",
                    f"a=ssrc:{ssrc} cname:{CNAME}",
                ]
    return "\r\n".join(lines) + "\r\n"


def _refused(line: Line) -> Iterator[str]:
    """Port 0, and the formats as they were: RFC 3264 section 6."""
    yield f"m={line.kind} 0 {line.profile} {' '.join(line.formats)}"
    yield "c=IN IP4 0.0.0.0"
    yield "a=inactive"
    yield f"a=mid:{line.mid}"


def _common(line: Line, transport: Transport, direction: str) -> Iterator[str]:
    best = transport.candidates[0]
    yield f"m={line.kind} {best.port} {line.profile} {line.payload_type}"
    yield f"c=IN IP{best.address.version} {best.address}"
    yield f"a=rtcp:{best.port} IN IP{best.address.version} {best.address}"
    yield from reaching(transport.candidates, transport.ufrag, transport.password)
    yield f"a=fingerprint:{transport.fingerprint}"
    yield "a=setup:passive"
    yield f"a=mid:{line.mid}"
    yield f"a={direction}"
    yield "a=rtcp-mux"
    yield f"a=rtpmap:{line.payload_type} {OPUS}"
    yield f"a=fmtp:{line.payload_type} {OPUS_PARAMETERS}"


def _level(line: Line) -> Iterator[str]:
    if line.level_id is not None:
        yield f"a=extmap:{line.level_id} {LEVELS[line.use]}"
