"""One person's ears: the numbers that make each slot an unbroken stream for them alone."""

from dataclasses import dataclass

from services.media.engine.continuity import SlotStream
from services.media.engine.plane import Address, Terms
from services.media.engine.slots import SLOTS

HALF = 0x8000


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a slot's stream stood when something happened."""

    sequence: int
    packets: int
    octets: int

    @classmethod
    def of(cls, stream: SlotStream) -> "Mark":
        return cls(stream.sequence, stream.packets, stream.octets)


class Listener:
    """`offsets[slot]` is subtracted from a voice's sequence number for this listener.

    All offsets are 0 or 32,768 but for those who spoke in that slot, so a packet is written two or three times for a
    whole room.
    """

    def __init__(self, terms: Terms) -> None:
        self.payload_type = terms.payload_type
        self.level_id = terms.source_level_id
        self.lines = terms.lines
        self.address: Address | None = None
        self.offsets = [0] * SLOTS
        self._unheard = [(0, 0)] * SLOTS  # packets and octets that went by without us
        self._own_voice: list[Mark | None] = [None] * SLOTS

    def begin(self, streams: list[SlotStream]) -> None:
        """From now on this listener hears, from a number in the low half: SRTP's roll-over counter starts at 0."""
        for stream in streams:
            self.offsets[stream.slot] = (stream.sequence + 1) & HALF
            self._unheard[stream.slot] = (stream.packets, stream.octets)

    def pause(self, stream: SlotStream) -> None:
        """Their own voice enters this slot, and nobody hears themselves."""
        self._own_voice[stream.slot] = Mark.of(stream)

    def resume(self, stream: SlotStream) -> None:
        """Another voice follows: with the number after the last one this listener got."""
        mark = self._own_voice[stream.slot]
        if mark is None:
            return
        packets, octets = self._unheard[stream.slot]
        self._own_voice[stream.slot] = None
        self.offsets[stream.slot] = (self.offsets[stream.slot] + stream.sequence - mark.sequence) & 0xFFFF
        self._unheard[stream.slot] = (packets + stream.packets - mark.packets, octets + stream.octets - mark.octets)

    def got(self, stream: SlotStream) -> tuple[int, int]:
        """Packets and octets of this slot that were sent to this listener."""
        until = self._own_voice[stream.slot] or Mark.of(stream)
        packets, octets = self._unheard[stream.slot]
        return until.packets - packets, until.octets - octets
