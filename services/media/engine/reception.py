"""How well one microphone arrives (RFC 3550 appendices A.1, A.3 and A.8)."""

from dataclasses import dataclass

from services.media.engine.packets import CLOCK_HZ, RtpPacket, ahead, ahead_timestamp

MOST_LOST = 0x7FFFFF  # a signed 24-bit number


@dataclass(frozen=True, slots=True)
class Block:
    """A report block (RFC 3550 section 6.4.1)."""

    ssrc: int
    fraction_lost: int  # of 256, since the block before
    packets_lost: int
    highest_sequence: int
    jitter: int  # RTP clock ticks
    lsr: int  # 1/65,536 s
    dlsr: int  # 1/65,536 s


class Reception:
    def __init__(self) -> None:
        self.ssrc: int | None = None
        self.jitter = 0.0  # RTP clock ticks
        self.fraction_lost: int | None = None  # of 256, in the last block
        self._first = self._highest = self._received = 0  # extended sequence numbers, packets
        self._expected_before = self._received_before = 0
        self._transit: int | None = None
        self._sender_report: tuple[int, float] | None = None  # middle of its NTP time, and when it came

    def count(self, packet: RtpPacket, now: float) -> None:
        if packet.ssrc != self.ssrc:
            self._begin(packet)
        self._received += 1
        self._highest += max(0, ahead(packet.sequence, self._highest & 0xFFFF))
        transit = int(now * CLOCK_HZ) - packet.timestamp
        if self._transit is not None:
            self.jitter += (abs(ahead_timestamp(transit, self._transit)) - self.jitter) / 16
        self._transit = transit

    def forget(self) -> None:
        """Packets go by uncounted from here (the gate is shut): begin anew with the next one."""
        self.ssrc = self.fraction_lost = None

    def sender_report(self, ntp_timestamp: int, now: float) -> None:
        self._sender_report = (ntp_timestamp >> 16) & 0xFFFFFFFF, now

    def block(self, now: float) -> Block | None:
        """The report block since the last call; none before the first packet."""
        if self.ssrc is None:
            return None
        expected = self._highest - self._first + 1
        since, got = expected - self._expected_before, self._received - self._received_before
        self._expected_before, self._received_before = expected, self._received
        self.fraction_lost = min(255, ((since - got) << 8) // since) if since > got else 0
        lsr, at = self._sender_report or (0, now)
        return Block(
            ssrc=self.ssrc,
            fraction_lost=self.fraction_lost,
            packets_lost=max(-MOST_LOST, min(MOST_LOST, expected - self._received)),
            highest_sequence=self._highest & 0xFFFFFFFF,
            jitter=int(self.jitter),
            lsr=lsr,
            dlsr=int((now - at) * 65536) & 0xFFFFFFFF,
        )

    def _begin(self, packet: RtpPacket) -> None:
        self.ssrc = packet.ssrc
        self._first = self._highest = packet.sequence
        self._received = self._expected_before = self._received_before = 0
        self.jitter, self._transit = 0.0, None
