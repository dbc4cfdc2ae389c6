"""One slot as a single unbroken stream, whoever speaks in it: no receiver notices a switch (RFC 3550 section 5.1)."""

from dataclasses import dataclass

from services.media.engine.packets import CLOCK_HZ, RtpPacket, ahead, ahead_timestamp
from services.media.engine.plane import StreamStart

ONE_PACKET = 960  # 20 ms of the RTP clock
MOST_LATE = 64  # packets; what comes later than that is thrown away
MOST_AHEAD = 500  # packets; a greater jump is a new beginning, or it would tear the receivers' SRTP index
MOST_ASTRAY = 5 * CLOCK_HZ  # between a timestamp and the time that has passed; more is a new beginning, too


@dataclass(frozen=True, slots=True)
class Voice:
    """One packet as it leaves, the same for all listeners but for their own sequence offset and payload type."""

    slot: int
    ssrc: int
    seat: int  # the CSRC
    sequence: int
    timestamp: int  # 1/48,000 s
    marker: bool
    padded: bool
    level_dbov: int | None
    payload: bytes


class SlotStream:
    """The outgoing stream of one slot."""

    def __init__(self, slot: int, start: StreamStart) -> None:
        self.slot = slot
        self.ssrc = start.ssrc
        self.sequence = start.sequence  # of the last packet that left
        self.timestamp = start.timestamp
        self.left_at: float | None = None  # seconds
        self.packets = 0
        self.octets = 0
        self._source: tuple[int, int, int] | None = None  # seat, turn and SSRC of who is in it
        self._newest = 0  # the source's sequence number, the greatest so far
        self._newest_timestamp = 0  # of the same packet
        self._since_switch = 0  # its distance from the source's first here
        self._sequence_offset = 0
        self._timestamp_offset = 0

    def carry(self, packet: RtpPacket, seat: int, turn: int, now: float) -> Voice | None:
        """`packet` of `seat` with this slot's numbers; None when it comes too late to be of use.

        Another seat, turn or SSRC is a new beginning; the marker bit tells the receiver (RFC 3551 section 4.1).
        """
        source = (seat, turn, packet.ssrc)
        begins = source != self._source or self._jumps(packet, now)
        if begins:
            self._switch(packet, source, now)
        distance = ahead(packet.sequence, self._newest)
        if -distance > min(MOST_LATE, self._since_switch):
            return None
        voice = Voice(
            slot=self.slot,
            ssrc=self.ssrc,
            seat=seat,
            sequence=(packet.sequence + self._sequence_offset) & 0xFFFF,
            timestamp=(packet.timestamp + self._timestamp_offset) & 0xFFFFFFFF,
            marker=begins or packet.marker,
            padded=packet.padded,
            level_dbov=packet.level_dbov,
            payload=packet.payload,
        )
        self._remember(voice, packet, max(0, distance), now)
        return voice

    def timestamp_at(self, now: float) -> int:
        """What the RTP clock of this slot shows at `now` (for sender reports)."""
        return (self.timestamp + self._ticks_since(now)) & 0xFFFFFFFF

    def _ticks_since(self, now: float) -> int:
        return 0 if self.left_at is None else int((now - self.left_at) * CLOCK_HZ)

    def _jumps(self, packet: RtpPacket, now: float) -> bool:
        """A source that begins its numbers or its clock anew, under the same name."""
        expected = self._newest_timestamp + self._ticks_since(now)
        astray = ahead_timestamp(packet.timestamp, expected)
        return abs(ahead(packet.sequence, self._newest)) > MOST_AHEAD or abs(astray) > MOST_ASTRAY

    def _switch(self, packet: RtpPacket, source: tuple[int, int, int], now: float) -> None:
        """The next number, and a timestamp as much later as time has passed."""
        self._source = source
        self._newest = packet.sequence
        self._since_switch = 0
        self._sequence_offset = self.sequence + 1 - packet.sequence
        self._timestamp_offset = self.timestamp + max(ONE_PACKET, self._ticks_since(now)) - packet.timestamp

    def _remember(self, voice: Voice, packet: RtpPacket, progress: int, now: float) -> None:
        self.packets += 1
        self.octets += len(packet.payload)
        if progress or self._since_switch == 0:
            self._newest, self._newest_timestamp = packet.sequence, packet.timestamp
            self._since_switch += progress
            self.sequence, self.timestamp, self.left_at = voice.sequence, voice.timestamp, now
