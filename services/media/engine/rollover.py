"""Keeping SRTP's roll-over counter alive while nobody listens (RFC 3711 section 3.3.1).

The counter is not in the packet: it is counted from sequence numbers that went by. A receiver that looks away for more
than half of their range (32,768) guesses wrong and stays deaf for ever; measured with a gate shut for 66,000 packets.
"""

EVERY = 4_096  # sequence numbers; half of what is promised (8,192), so that a lost packet does no harm
MOST_SOURCES = 8  # SSRCs a session may use: each costs the SRTP session memory and search


class RollOver:
    """The sequence numbers of one session's packets that were decrypted, by SSRC."""

    def __init__(self) -> None:
        self._last: dict[int, int] = {}

    def admits(self, ssrc: int) -> bool:
        """False for an SSRC that would be one too many."""
        return ssrc in self._last or len(self._last) < MOST_SOURCES

    def due(self, ssrc: int, sequence: int) -> bool:
        """Whether this packet must be decrypted although nobody is to hear it."""
        last = self._last.get(ssrc)
        return last is None or (sequence - last) & 0xFFFF >= EVERY

    def decrypted(self, ssrc: int, sequence: int) -> None:
        self._last[ssrc] = sequence
