"""RTCP: what we tell of what we sent and received, and what we remember for it (RFC 3550 section 6.4)."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from aiortc.rtp import (
    RtcpPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpSdesPacket,
    RtcpSenderInfo,
    RtcpSourceInfo,
    RtcpSrPacket,
    clamp_packets_lost,
)

from services.media.engine.continuity import CLOCK_HZ, SlotStream, ahead_timestamp
from services.media.engine.listener import Listener
from services.media.engine.packets import Malformed, RtpPacket, ahead

EVERY_SECONDS = 5.0
IDLE_SECONDS = 10.0  # a slot that carried nothing for longer is not reported
CNAME = "hallway"
CNAME_ITEM = 1  # RFC 3550 section 6.5.1
NTP_EPOCH = 2_208_988_800  # seconds from 1900 to 1970


class Reception:
    """How well one microphone arrives (RFC 3550 appendices A.1, A.3 and A.8)."""

    def __init__(self) -> None:
        self.ssrc: int | None = None
        self._first = self._highest = self._received = 0  # extended sequence numbers, packets
        self._expected_before = self._received_before = 0
        self._jitter = 0.0  # RTP clock ticks
        self._transit: int | None = None
        self._sender_report: tuple[int, float] | None = None  # middle of its NTP time, and when it came

    def count(self, packet: RtpPacket, now: float) -> None:
        if packet.ssrc != self.ssrc:
            self._begin(packet)
        self._received += 1
        self._highest += max(0, ahead(packet.sequence, self._highest & 0xFFFF))
        transit = int(now * CLOCK_HZ) - packet.timestamp
        if self._transit is not None:
            self._jitter += (abs(ahead_timestamp(transit, self._transit)) - self._jitter) / 16
        self._transit = transit

    def forget(self) -> None:
        """Packets go by uncounted from here (the gate is shut): begin anew with the next one."""
        self.ssrc = None

    def sender_report(self, ntp_timestamp: int, now: float) -> None:
        self._sender_report = (ntp_timestamp >> 16) & 0xFFFFFFFF, now

    def block(self, now: float) -> list[RtcpReceiverInfo]:
        """The report block since the last call; none before the first packet."""
        if self.ssrc is None:
            return []
        expected = self._highest - self._first + 1
        since, got = expected - self._expected_before, self._received - self._received_before
        self._expected_before, self._received_before = expected, self._received
        lsr, at = self._sender_report or (0, now)
        return [
            RtcpReceiverInfo(
                ssrc=self.ssrc,
                fraction_lost=min(255, ((since - got) << 8) // since) if since > got else 0,
                packets_lost=clamp_packets_lost(expected - self._received),
                highest_sequence=self._highest & 0xFFFFFFFF,
                jitter=int(self._jitter),
                lsr=lsr,
                dlsr=int((now - at) * 65536) & 0xFFFFFFFF,
            )
        ]

    def _begin(self, packet: RtpPacket) -> None:
        self.ssrc = packet.ssrc
        self._first = self._highest = packet.sequence
        self._received = self._expected_before = self._received_before = 0
        self._jitter, self._transit = 0.0, None


@dataclass(frozen=True, slots=True)
class Clock:
    """One moment on both clocks."""

    now: float  # monotonic seconds
    unix: float  # seconds since 1970

    @property
    def ntp(self) -> int:
        return int((self.unix + NTP_EPOCH) * 2**32) & 0xFFFFFFFFFFFFFFFF


def compose(reporter: int, reception: Reception, listener: Listener, streams: Iterable[SlotStream], at: Clock) -> bytes:
    """One compound packet for one participant: what arrived of theirs, then what was sent to them, slot by slot.

    `reporter` is the SSRC we report reception under.
    """
    parts = [bytes(RtcpRrPacket(ssrc=reporter, reports=reception.block(at.now)))]
    sources = [reporter]
    for stream in streams:
        packets, octets = listener.got(stream)
        if packets and stream.left_at is not None and at.now - stream.left_at < IDLE_SECONDS:
            parts.append(bytes(_sender_report(stream, packets, octets, at)))
            sources.append(stream.ssrc)
    items = [RtcpSourceInfo(ssrc, [(CNAME_ITEM, CNAME.encode())]) for ssrc in sources]
    parts.extend(bytes(RtcpSdesPacket([item])) for item in items)
    return b"".join(parts)


def _sender_report(stream: SlotStream, packets: int, octets: int, at: Clock) -> RtcpSrPacket:
    return RtcpSrPacket(
        ssrc=stream.ssrc,
        sender_info=RtcpSenderInfo(
            ntp_timestamp=at.ntp,
            rtp_timestamp=stream.timestamp_at(at.now),
            packet_count=packets & 0xFFFFFFFF,
            octet_count=octets & 0xFFFFFFFF,
        ),
    )


def read(packet: bytes, reception: Reception, now: float) -> None:
    """Take from a decrypted compound packet what we answer to: their sender report. Raises `Malformed`."""
    try:
        parts = RtcpPacket.parse(packet)
    except (ValueError, IndexError, struct.error) as error:
        raise Malformed("no RTCP") from error
    for part in parts:
        if isinstance(part, RtcpSrPacket) and part.ssrc == reception.ssrc:
            reception.sender_report(part.sender_info.ntp_timestamp, now)
