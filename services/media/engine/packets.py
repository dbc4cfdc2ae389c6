"""RTP as bytes: the part of a header we read and the header we write (RFC 3550 section 5.1)."""

from dataclasses import dataclass
from struct import Struct

HEADER = Struct("!BBHII")
EXTENSION = Struct("!HH")
ONE_BYTE_EXTENSIONS = 0xBEDE  # RFC 8285 section 4.2
SILENT_DBOV = 127


class Malformed(ValueError):
    """These bytes are no RTP packet; the message says what is wrong with them."""


@dataclass(frozen=True, slots=True)
class RtpPacket:
    """One packet of a microphone, decrypted.

    `level_dbov` is RFC 6464's: 0 is the loudest, 127 silence, None when the packet does not say.
    `payload` still holds its padding when `padded`.
    """

    marker: bool
    payload_type: int
    sequence: int
    timestamp: int  # 1/48,000 s
    ssrc: int
    level_dbov: int | None
    padded: bool
    payload: bytes


def is_rtcp(datagram: bytes) -> bool:
    """True for SRTCP where RTP and RTCP share a port (RFC 5761 section 4); wants at least two bytes."""
    return 192 <= datagram[1] <= 223


def source_of(datagram: bytes) -> tuple[int, int]:
    """SSRC and sequence number, which SRTP leaves readable. Raises `Malformed` when shorter than a header."""
    if len(datagram) < HEADER.size:
        raise Malformed("shorter than an RTP header")
    _, _, sequence, _, ssrc = HEADER.unpack_from(datagram)
    return ssrc, sequence


def parse(packet: bytes, level_id: int | None) -> RtpPacket:
    """Read a decrypted packet; `level_id` is the negotiated id of the audio level extension, if any.

    Raises `Malformed`.
    """
    if len(packet) < HEADER.size or packet[0] >> 6 != 2:
        raise Malformed("no RTP version 2 header")
    first, second, sequence, timestamp, ssrc = HEADER.unpack_from(packet)
    start = HEADER.size + 4 * (first & 0x0F)
    level = None
    if first & 0x10:
        extensions, start = _extensions(packet, start)
        level = None if level_id is None else audio_level(extensions, level_id)
    if start > len(packet):
        raise Malformed("header is longer than the packet")
    return RtpPacket(
        marker=bool(second & 0x80),
        payload_type=second & 0x7F,
        sequence=sequence,
        timestamp=timestamp,
        ssrc=ssrc,
        level_dbov=level,
        padded=bool(first & 0x20),
        payload=packet[start:],
    )


def _extensions(packet: bytes, start: int) -> tuple[bytes, int]:
    """The one-byte extensions (none of another profile) and where what follows them begins."""
    if start + EXTENSION.size > len(packet):
        raise Malformed("header extension is cut short")
    profile, words = EXTENSION.unpack_from(packet, start)
    body = start + EXTENSION.size
    end = body + 4 * words
    return (packet[body:end] if profile == ONE_BYTE_EXTENSIONS else b""), end


def audio_level(extensions: bytes, level_id: int) -> int | None:
    """The level among one-byte extensions (RFC 6464 section 3), without the voice bit: Chromium always sets it."""
    at = 0
    while at < len(extensions):
        if extensions[at] == 0:  # padding
            at += 1
            continue
        if extensions[at] >> 4 == level_id:
            return extensions[at + 1] & 0x7F if at + 1 < len(extensions) else None
        at += 2 + (extensions[at] & 0x0F)
    return None


def header(first: int, second: int, sequence: int, timestamp: int, ssrc: int, csrc: int) -> bytes:
    """A header with one contributing source and no extension; `first` and `second` are its first two bytes."""
    return HEADER.pack(first, second, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc) + csrc.to_bytes(4, "big")


def ahead(sequence: int, of: int) -> int:
    """How far `sequence` lies ahead of `of`, from -32,768 to 32,767: sequence numbers wrap at 65,536."""
    return ((sequence - of + 0x8000) & 0xFFFF) - 0x8000
