"""RTCP: what we tell of what we sent and received, and what we take from theirs (RFC 3550 section 6.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from struct import Struct

from services.media.engine.continuity import SlotStream
from services.media.engine.listener import Listener
from services.media.engine.packets import Malformed
from services.media.engine.reception import Block, Reception

EVERY_SECONDS = 5.0
IDLE_SECONDS = 10.0  # a slot that carried nothing for longer is not reported
CNAME = b"hallway"
NTP_EPOCH = 2_208_988_800  # seconds from 1900 to 1970
VERSION = 0x80
SENDER_REPORT, RECEIVER_REPORT, SOURCE_DESCRIPTION = 200, 201, 202
HEADER = Struct("!BBH")
SENDER = Struct("!IQIII")  # SSRC, NTP and RTP timestamps, packets, octets
REPORTER = Struct("!I")
BLOCK = Struct("!IIIIII")
DESCRIPTION = Struct("!IBB")
CNAME_ITEM = 1  # RFC 3550 section 6.5.1


@dataclass(frozen=True, slots=True)
class Clock:
    """One moment on both clocks."""

    now: float  # monotonic seconds
    unix: float  # seconds since 1970

    @property
    def ntp(self) -> int:
        return int((self.unix + NTP_EPOCH) * 2**32) & 0xFFFFFFFFFFFFFFFF


@dataclass(slots=True)
class Hearing:
    """What they say of our slots: the worst of the blocks of their last report."""

    fraction_lost: int | None = None  # of 256
    jitter: int | None = None  # RTP clock ticks
    round_trip: int | None = None  # 1/65,536 s


def compose(reporter: int, reception: Reception, listener: Listener, streams: Iterable[SlotStream], at: Clock) -> bytes:
    """One compound packet for one participant: what arrived of theirs, then what was sent to them, slot by slot.

    `reporter` is the SSRC we report reception under.
    """
    block = reception.block(at.now)
    blocks = _block(block) if block else b""
    parts = [_packet(RECEIVER_REPORT, bool(block), REPORTER.pack(reporter) + blocks)]
    sources = [reporter]
    for stream in streams:
        packets, octets = listener.got(stream)
        if packets and stream.left_at is not None and at.now - stream.left_at < IDLE_SECONDS:
            sent = stream.ssrc, at.ntp, stream.timestamp_at(at.now), packets & 0xFFFFFFFF, octets & 0xFFFFFFFF
            parts.append(_packet(SENDER_REPORT, 0, SENDER.pack(*sent)))
            sources.append(stream.ssrc)
    parts += [_description(ssrc) for ssrc in sources]
    return b"".join(parts)


def read(packet: bytes, reception: Reception, hearing: Hearing, ours: Iterable[int], at: Clock) -> None:
    """Take from a decrypted compound packet their sender report, and what they say of the SSRCs that are `ours`.

    Raises `Malformed`.
    """
    blocks: list[tuple[int, ...]] = []
    start = 0
    while start < len(packet):
        kind, count, body = _part(packet, start)
        if kind == SENDER_REPORT:
            ssrc, ntp, *_ = SENDER.unpack_from(body)
            if ssrc == reception.ssrc:
                reception.sender_report(ntp, at.now)
        if kind in (SENDER_REPORT, RECEIVER_REPORT):
            begin = (SENDER if kind == SENDER_REPORT else REPORTER).size
            blocks += [BLOCK.unpack_from(body, begin + number * BLOCK.size) for number in range(count)]
        start += HEADER.size + len(body)
    _hear(hearing, [block for block in blocks if block[0] in ours], at)


def _part(packet: bytes, start: int) -> tuple[int, int, bytes]:
    """One packet of a compound: its type, its count, its body, long enough for both. Raises `Malformed`."""
    if start + HEADER.size > len(packet):
        raise Malformed("RTCP is cut short")
    first, kind, words = HEADER.unpack_from(packet, start)
    body = packet[start + HEADER.size : start + HEADER.size + 4 * words]
    count = first & 0x1F
    least = {SENDER_REPORT: SENDER.size, RECEIVER_REPORT: REPORTER.size}.get(kind, 0)
    if first >> 6 != 2 or len(body) < 4 * words or (least and len(body) < least + count * BLOCK.size):
        raise Malformed("no RTCP packet, or it is cut short")
    return kind, count, body


def _hear(hearing: Hearing, blocks: list[tuple[int, ...]], at: Clock) -> None:
    if not blocks:
        return
    hearing.fraction_lost = max(block[1] >> 24 for block in blocks)
    hearing.jitter = max(block[3] for block in blocks)
    middle = (at.ntp >> 16) & 0xFFFFFFFF
    trips = [(middle - block[4] - block[5]) & 0xFFFFFFFF for block in blocks if block[4]]
    sane = [trip for trip in trips if trip < 0x80000000]  # what is answered before it was asked says nothing
    if sane:
        hearing.round_trip = max(sane)


def _packet(kind: int, count: int, body: bytes) -> bytes:
    return HEADER.pack(VERSION | count, kind, len(body) // 4) + body


def _block(block: Block) -> bytes:
    lost = block.fraction_lost << 24 | block.packets_lost & 0xFFFFFF
    return BLOCK.pack(block.ssrc, lost, block.highest_sequence, block.jitter, block.lsr, block.dlsr)


def _description(ssrc: int) -> bytes:
    chunk = DESCRIPTION.pack(ssrc, CNAME_ITEM, len(CNAME)) + CNAME + b"\0"
    return _packet(SOURCE_DESCRIPTION, 1, chunk + bytes(-len(chunk) % 4))
