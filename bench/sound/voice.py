"""A voice that a browser's decoder takes for one: a steady tone, as Opus packets of 20 ms."""

import math
from array import array

from aiortc.codecs.opus import OpusEncoder
from av import AudioFrame

HZ, RATE, FRAME, AMPLITUDE = 660, 48_000, 960, 12_000


def tone(packets: int) -> list[bytes]:
    encoder = OpusEncoder()
    encoded: list[bytes] = []
    for number in range(packets):
        encoded += encoder.encode(_frame(number))[0]
    return encoded


def _frame(number: int) -> AudioFrame:
    first = number * FRAME
    samples = array(
        "h", (round(AMPLITUDE * math.sin(2 * math.pi * HZ * n / RATE)) for n in range(first, first + FRAME))
    )
    frame = AudioFrame(format="s16", layout="mono", samples=FRAME)
    frame.planes[0].update(samples.tobytes())
    frame.sample_rate, frame.pts = RATE, first
    return frame
