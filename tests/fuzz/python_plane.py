"""Hostile bytes for the Python plane, steered by coverage: `python -m tests.fuzz.python_plane [seconds]`.

Nothing that comes in may raise anything. SRTP is passed through, so that the parsers see hostile plain text.
"""

import sys

import atheris

with atheris.instrument_imports(include=["services.media.engine"]):
    from services.media.engine.plane import StreamStart
    from services.media.engine.python_plane import PythonPlane

from tests.unit.media.people import check, credentials, terms

SESSIONS = 4
STREAMS = [StreamStart(ssrc, 32_767, 0xFFFF_FFFF) for ssrc in (1, 2, 3)]


class Passed:
    """SRTP that lets everything through."""

    seal = unseal = None

    def unprotect(self, packet: bytes) -> bytes:
        return packet

    unprotect_rtcp = protect = protect_rtcp = unprotect


def house() -> PythonPlane:
    """Everybody is connected, and may be heard."""
    plane = PythonPlane(lambda datagram, address: True, silence_seconds=30.0)
    plane.open(0, 77, STREAMS)
    for session in range(SESSIONS):
        plane.add(session, terms(session, source_level_id=session or None), now=0.0)
        plane.receive(check(credentials(session)), ("192.0.2.1", session), now=0.0)
        plane.connect(session, Passed(), now=0.0)
        plane.allow(session, heard=True, now=0.0)
    return plane


def one_input(data: bytes) -> None:
    plane, script, now = house(), atheris.FuzzedDataProvider(data), 0.0
    while script.remaining_bytes():
        now += script.ConsumeIntInRange(0, 255) / 50
        address = ("192.0.2.1", script.ConsumeIntInRange(0, SESSIONS))
        plane.receive(script.ConsumeBytes(script.ConsumeIntInRange(0, 400)), address, now)
        plane.tick(now, 1.8e9 + now)
        plane.told()


if __name__ == "__main__":
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-max_len=3000"], one_input)
    atheris.Fuzz()
