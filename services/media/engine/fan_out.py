"""From one voice to everyone's ears: written once for all who share their numbers, encrypted for each."""

from collections import Counter
from collections.abc import Callable

from services.media.engine.continuity import Voice
from services.media.engine.packets import HEADER, ONE_BYTE_EXTENSIONS
from services.media.engine.peer import Peer
from services.media.engine.plane import Address

Send = Callable[[bytes | memoryview, Address], bool]  # False when the kernel will not have it
ONE_CSRC = 0x81  # version 2, one contributing source
PADDED, EXTENDED, MARKER = 0x20, 0x10, 0x80
LEVEL_EXTENSION = ONE_BYTE_EXTENSIONS << 16 | 1  # one word


def fan_out(voice: Voice, own: Peer, listeners: list[Peer], send: Send, counts: Counter[str]) -> None:
    """To everyone who has a line for it but the one who speaks. Counts what was `sent`, `dropped` and `refused`."""
    slot = voice.slot
    written: dict[tuple[int, int, int | None], bytes] = {}  # most share their numbers: one or two writings a room
    for who in listeners:
        listener = who.listener
        if who is own or slot >= listener.lines or listener.address is None or who.srtp is None:
            continue
        kind = (listener.payload_type, listener.offsets[slot], listener.level_id)
        packet = written.get(kind)
        if packet is None:
            packet = written[kind] = write(voice, *kind)
        sealed = who.srtp.protect(packet)
        if sealed is None:
            counts["refused"] += 1
        elif send(sealed, listener.address):
            counts["sent"] += 1
        else:
            counts["dropped"] += 1


def write(voice: Voice, payload_type: int, offset: int, level_id: int | None) -> bytes:
    """`voice` as the RTP packet of those listeners who share these; with its level for who asked for that."""
    level = b"" if level_id is None or voice.level_dbov is None else _level(level_id, voice.level_dbov)
    first = ONE_CSRC | (PADDED if voice.padded else 0) | (EXTENDED if level else 0)
    second = payload_type | (MARKER if voice.marker else 0)
    sequence = (voice.sequence - offset) & 0xFFFF
    head = HEADER.pack(first, second, sequence, voice.timestamp, voice.ssrc)
    return head + voice.seat.to_bytes(4, "big") + level + voice.payload


def _level(level_id: int, level_dbov: int) -> bytes:
    """How loud the one contributing source is (RFC 6465 section 3)."""
    return LEVEL_EXTENSION.to_bytes(4, "big") + bytes([level_id << 4, level_dbov, 0, 0])
