"""How well sound crosses one connection, of what was counted here and what they say."""

from services.media.engine.packets import CLOCK_HZ
from services.media.engine.peer import Peer
from services.media.engine.plane import Quality


def quality(who: Peer) -> Quality:
    up, down = who.reception, who.hearing
    known = up.fraction_lost is not None
    return Quality(
        session=who.session,
        up_loss=_part(up.fraction_lost),
        up_jitter_ms=up.jitter * 1000 / CLOCK_HZ if known else None,
        down_loss=_part(down.fraction_lost),
        down_jitter_ms=None if down.jitter is None else down.jitter * 1000 / CLOCK_HZ,
        round_trip_ms=None if down.round_trip is None else down.round_trip * 1000 / 65_536,
    )


def _part(of_256: int | None) -> float | None:
    return None if of_256 is None else of_256 / 256
