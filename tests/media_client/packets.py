"""RTP as the client writes and reads it: kept apart from the node's own code, so that the two check each other."""

from dataclasses import dataclass
from struct import pack, unpack_from

from tests.media_client.offer import LEVEL_ID


@dataclass(frozen=True)
class Heard:
    """A voice that arrived, decrypted."""

    slot: int | None  # by its SSRC in the answer
    seat: int | None  # the CSRC
    sequence: int
    timestamp: int
    marker: bool
    payload_type: int
    payload: bytes


def voice(sequence: int, timestamp: int, ssrc: int, payload_type: int, level_dbov: int, payload: bytes) -> bytes:
    """A packet with an audio level in a one-byte header extension (RFC 6464), voice bit set as Chromium does."""
    header = pack("!BBHII", 0x90, payload_type, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc)
    extension = pack("!HHBBH", 0xBEDE, 1, LEVEL_ID << 4, 0x80 | level_dbov, 0)
    return header + extension + payload


def heard(packet: bytes, ssrcs: list[int]) -> Heard:
    first, second, sequence, timestamp, ssrc = unpack_from("!BBHII", packet)
    sources = first & 0x0F
    return Heard(
        slot=ssrcs.index(ssrc) if ssrc in ssrcs else None,
        seat=unpack_from("!I", packet, 12)[0] if sources else None,
        sequence=sequence,
        timestamp=timestamp,
        marker=bool(second & 0x80),
        payload_type=second & 0x7F,
        payload=packet[12 + 4 * sources :],
    )
