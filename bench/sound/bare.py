"""What the kernel itself takes for the same packets: bare sendto to as many sockets, whose reader waits in epoll."""

from bench.sound.crowd import SAMPLES
from bench.sound.ears import ears, ffi

BYTES = 12 + 4 + 80 + 16  # of a voice as it leaves: header, contributing source, opus, authentication
SECONDS = 2.0
ASLEEP_NS = 5_000  # after so long the reader sleeps again


def cost(sockets: int) -> float:
    """Microseconds of CPU for a packet to a reader that sleeps."""
    return _sent(sockets, ASLEEP_NS)[0]


def delays(sockets: int) -> list[float]:
    """Milliseconds from one round's beginning to each packet's arrival, sent as fast as it goes."""
    return _sent(sockets, 0)[1]


def _sent(sockets: int, gap_ns: int) -> tuple[float, list[float]]:
    found, heard = ffi.new(f"uint32_t[{SAMPLES}]"), ffi.new("uint64_t *")
    took = ears().bare_sendto(sockets, BYTES, round(SECONDS * 50), gap_ns, found, SAMPLES, heard)
    return float(took), [each / 1e6 for each in found[0 : min(heard[0], SAMPLES)]]
