"""RTP as bytes: the part of a header we read and the header we write (RFC 3550 section 5.1)."""

from dataclasses import dataclass
from struct import Struct

HEADER = Struct("!BBHII")
EXTENSION = Struct("!HH")
ONE_BYTE_EXTENSIONS = 0xBEDE  # RFC 8285 section 4.2
TWO_BYTE_EXTENSIONS = 0x1000  # section 4.3; the low 4 bits are the application's
RESERVED_ID = 15  # of one byte: nothing after it counts (RFC 8285 section 4.2)
SILENT_DBOV = 127
CLOCK_HZ = 48_000  # of opus (RFC 7587 section 4.1)


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
        profile, extensions, start = _extension(packet, start)
        level = None if level_id is None else audio_level(profile, extensions, level_id)
    if start > len(packet):
        raise Malformed("header is longer than the packet")
    padded = bool(first & 0x20)
    if padded and not 0 < packet[-1] <= len(packet) - start:
        raise Malformed("padding is longer than the payload")
    return RtpPacket(
        marker=bool(second & 0x80),
        payload_type=second & 0x7F,
        sequence=sequence,
        timestamp=timestamp,
        ssrc=ssrc,
        level_dbov=level,
        padded=padded,
        payload=packet[start:],
    )


def _extension(packet: bytes, start: int) -> tuple[int, bytes, int]:
    """The profile of the header extension, its body, and where what follows begins. Raises `Malformed`."""
    if start + EXTENSION.size > len(packet):
        raise Malformed("header extension is cut short")
    profile, words = EXTENSION.unpack_from(packet, start)
    body = start + EXTENSION.size
    end = body + 4 * words
    if end > len(packet):
        raise Malformed("header extension is longer than the packet")
    return profile, packet[body:end], end


def audio_level(profile: int, extensions: bytes, level_id: int) -> int | None:
    """The level (RFC 6464 section 3), without the voice bit: Chromium always sets it.

    Of one-byte and of two-byte extensions (RFC 8285), whichever `profile` says; None where there is none.
    """
    if profile == ONE_BYTE_EXTENSIONS:
        head = 1
    elif profile & 0xFFF0 == TWO_BYTE_EXTENSIONS:
        head = 2
    else:
        return None
    at = 0
    while at < len(extensions):
        if extensions[at] == 0:  # padding
            at += 1
            continue
        if at + head > len(extensions):
            return None
        id_, size = _element(extensions, at, head)
        if at + head + size > len(extensions) or (head == 1 and id_ == RESERVED_ID):
            return None
        if id_ == level_id:
            return extensions[at + head] & 0x7F if size else None
        at += head + size
    return None


def _element(extensions: bytes, at: int, head: int) -> tuple[int, int]:
    """Id and size of the element that begins there."""
    if head == 1:
        return extensions[at] >> 4, (extensions[at] & 0x0F) + 1
    return extensions[at], extensions[at + 1]


def header(first: int, second: int, sequence: int, timestamp: int, ssrc: int, csrc: int) -> bytes:
    """A header with one contributing source and no extension; `first` and `second` are its first two bytes."""
    return HEADER.pack(first, second, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc) + csrc.to_bytes(4, "big")


def ahead(sequence: int, of: int) -> int:
    """How far `sequence` lies ahead of `of`, from -32,768 to 32,767: sequence numbers wrap at 65,536."""
    return ((sequence - of + 0x8000) & 0xFFFF) - 0x8000


def ahead_timestamp(timestamp: int, of: int) -> int:
    """How far ahead, in RTP clock ticks, from -2^31 to 2^31 - 1: timestamps wrap at 2^32."""
    return ((timestamp - of + 0x80000000) & 0xFFFFFFFF) - 0x80000000
