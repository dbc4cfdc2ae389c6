"""Which loops this node runs: the C one, a thread a core, where it was compiled; else the Python one."""

import os
from collections.abc import Sequence

import structlog

from services.media.loops import Loop
from services.media.native.library import library
from services.media.native.loop import NativeLoop
from services.media.python_loop import PythonLoop
from services.media.settings import Settings

log = structlog.get_logger()
NOT_BUILT = "the C loop was not compiled: python -m services.media.native.build says why"


class NoNativeLoop(Exception):
    """It was asked for by name, and is not there."""


def loops(settings: Settings) -> Sequence[Loop]:
    """Bound, not started. Raises `NoNativeLoop`, and OSError when a port is taken."""
    built = library() if settings.media_loop != "python" else None
    if built is None:
        if settings.media_loop == "native":
            raise NoNativeLoop(NOT_BUILT)
        why = NOT_BUILT if settings.media_loop == "auto" else "as MEDIA_LOOP says"
        log.info("the Python loop carries the sound", why=why)
        return [PythonLoop(settings.media_udp_port, settings.media_silence_seconds)]
    count = settings.media_loops or len(os.sched_getaffinity(0))
    log.info("the C loop carries the sound", loops=count)
    return [NativeLoop(built, _port(settings, number), settings.media_silence_seconds) for number in range(count)]


def _port(settings: Settings, number: int) -> int:
    return settings.media_udp_port and settings.media_udp_port + number
