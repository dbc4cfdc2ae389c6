"""A known sentence, said by four people in turn, as a listener's own decoder gives it back."""

import math
from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from aiortc.codecs.opus import OpusDecoder, OpusEncoder
from aiortc.jitterbuffer import JitterFrame
from av import AudioFrame

from tests.media_client.packets import Heard
from tests.unit.media.people import House

Samples: TypeAlias = "array[int]"
RATE, FRAME = 48_000, 960  # samples: a second's, a packet's
TURNS, FRAMES_A_TURN = 21, 7  # 20 switches
LOUD = 8_000


def pitch(turn: int) -> float:
    """Hz. Each turn has its own, so that the order of what is heard can be told."""
    return 400.0 + 40 * turn


def sentence() -> Samples:
    """One tone without a break, higher with each turn."""
    samples, phase = array("h"), 0.0
    for turn in range(TURNS):
        for _ in range(FRAMES_A_TURN * FRAME):
            phase += 2 * math.pi * pitch(turn) / RATE
            samples.append(round(LOUD * math.sin(phase)))
    return samples


def encoded(samples: Samples) -> list[bytes]:
    """A packet for every 20 ms."""
    encoder, payloads = OpusEncoder(), list[bytes]()
    for first in range(0, len(samples), FRAME):
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME)
        frame.planes[0].update(samples[first : first + FRAME].tobytes())
        frame.sample_rate, frame.pts = RATE, first
        payloads += encoder.encode(frame)[0]
    return payloads


def decoded(heard: Sequence[Heard]) -> Samples:
    """As a player has it: silence wherever a timestamp says that nothing was there."""
    decoder, samples = OpusDecoder(), array("h")
    for number, one in enumerate(heard):
        if number:
            passed = (one.timestamp - heard[number - 1].timestamp) % 2**32
            samples.extend([0] * (passed - FRAME))
        for frame in decoder.decode(JitterFrame(one.payload, one.timestamp)):
            assert isinstance(frame, AudioFrame)
            both = array("h", bytes(frame.planes[0])[: 4 * frame.samples])
            samples.extend(both[::2])
    return samples


def loudness(samples: Samples) -> float:
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


def pitch_of(samples: Samples) -> float:
    """Hz, by how often a tone crosses the middle."""
    crossings = sum((one < 0) != (other < 0) for one, other in pairwise(samples))
    return crossings * RATE / 2 / len(samples)


def test_a_sentence_said_by_four_in_turn_is_heard_without_a_break(house: House) -> None:
    speakers, listener = [house.enter(seat) for seat in (1, 2, 3, 4)], house.enter(5)
    payloads = encoded(sentence())
    assert len(payloads) == TURNS * FRAMES_A_TURN
    for number, payload in enumerate(payloads):
        turn, within = divmod(number, FRAMES_A_TURN)
        speaker = speakers[turn % 4]
        if within == 0:
            house.allow(speaker, True)
        house.now += 0.02
        house.arrive(speaker, speaker.voice(payload=payload))
        if within == FRAMES_A_TURN - 1:
            house.allow(speaker, False)
    heard = decoded(listener.heard)
    assert abs(len(heard) - len(payloads) * FRAME) <= 2 * FRAME, "as long as it was said"
    quietest = min(loudness(heard[at : at + FRAME]) for at in range(FRAME, len(heard) - 2 * FRAME, FRAME // 4))
    assert quietest > LOUD / 4, "there is sound in any 20 ms of it"
    for turn in range(TURNS):
        middle = heard[(turn * FRAMES_A_TURN + 2) * FRAME : (turn * FRAMES_A_TURN + 6) * FRAME]
        assert abs(pitch_of(middle) - pitch(turn)) < 20, "each part in its place"
