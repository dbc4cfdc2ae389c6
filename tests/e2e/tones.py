"""Voices for the tests: pulsed tones (a steady one sinks under noise suppression), as WAV files for Chromium."""

import math
import struct
import wave
from pathlib import Path

RATE = 48_000
PULSE_SECONDS = 0.25
SECONDS = 10
TONES = (660, 880, 1320)  # Hz


def write_tone(path: Path, hz: int) -> Path:
    """A mono 16-bit WAV of `hz`, 250 ms on and 250 ms off."""
    pulse = int(RATE * PULSE_SECONDS)
    samples = (
        int(20_000 * math.sin(2 * math.pi * hz * n / RATE)) if n // pulse % 2 == 0 else 0 for n in range(RATE * SECONDS)
    )
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path
