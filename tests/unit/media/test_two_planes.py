"""The C plane and the Python plane given the same traffic: every packet sent, every event, every count is the same."""

import pytest

from services.media.engine.plane import COUNTS, Address
from services.media.engine.python_plane import PythonPlane
from tests.unit.media.people import SILENCE_SECONDS, Send
from tests.unit.media.planes import native_planes
from tests.unit.media.traffic import Traffic

RARE = {"dropped", "held_back", "refused", "untold"}
Sent = list[tuple[bytes, Address]]


def into(sent: Sent) -> Send:
    def send(datagram: bytes | memoryview, address: Address) -> bool:
        sent.append((bytes(datagram), address))
        return address[1] != 13  # an address that the kernel will not send to

    return send


@pytest.mark.parametrize("seed", range(20))
def test_both_planes_do_the_same(seed: int) -> None:
    by_python: Sent = []
    by_c: Sent = []
    with native_planes() as make:
        python, native = PythonPlane(into(by_python), SILENCE_SECONDS), make(into(by_c), SILENCE_SECONDS)
        traffic = Traffic(seed, [python, native])
        for step in range(1_500):
            traffic.step()
            told = traffic.told()
            assert told[0] == told[1], f"step {step}"
            assert by_python == by_c, f"step {step}"
            by_python.clear()
            by_c.clear()
        assert {name: python.counts[name] for name in native.counts} == native.counts
        assert python.counts["sent"] > 500
        assert set(python.counts) >= set(COUNTS) - RARE
