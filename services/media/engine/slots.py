"""Who is heard: three slots a room, given to the loudest three of any number of speakers."""

from dataclasses import dataclass

from services.media.engine.packets import SILENT_DBOV

SLOTS = 3
AUDIBLE_DBOV = 80  # quieter is silence: comfort noise, a muted track
UNKNOWN_DBOV = 60  # a client that sends no levels counts as talking in a room's ordinary voice
TAKE_DB = 10.0  # this much louder takes a slot from its owner
HOLD_SECONDS = 2.0  # so long a slot stays its owner's: after it was taken, and through a pause
WAITING_SECONDS = 0.5  # who was not audible for longer waits no more
SMOOTHING = 0.2  # of one packet in the running level, about 100 ms


@dataclass(slots=True)
class Speaker:
    """A voice as choosing sees it; `level_dbov` runs over audible packets only: a pause does not make one quieter."""

    seat: int
    level_dbov: float = SILENT_DBOV
    audible_at: float = float("-inf")  # seconds
    taken_at: float = float("-inf")  # seconds
    slot: int | None = None
    turn: int = 0  # counts the times they took a slot


class Slots:
    """Three slots and who has them. A slot's owner keeps it until someone needs it more."""

    def __init__(self) -> None:
        self.owners: list[Speaker | None] = [None] * SLOTS
        self._waiting: dict[int, Speaker] = {}

    def hear(self, speaker: Speaker, level_dbov: int | None, now: float) -> int | None:
        """A packet of `speaker` arrived: the slot it goes into, or None while three others are heard."""
        level = UNKNOWN_DBOV if level_dbov is None else level_dbov
        if level <= AUDIBLE_DBOV:
            _listen(speaker, level, now)
            if speaker.slot is None:
                self._waiting[speaker.seat] = speaker
                self._give(now)
        return speaker.slot

    def release(self, speaker: Speaker, now: float) -> None:
        """`speaker` left or may not speak any more; the slot goes to the loudest of those waiting."""
        self._waiting.pop(speaker.seat, None)
        if speaker.slot is not None:
            self.owners[speaker.slot] = None
            speaker.slot = None
            self._give(now)

    def _give(self, now: float) -> None:
        """One slot to the loudest of those waiting, if there is one to be had."""
        waiting = {seat: one for seat, one in self._waiting.items() if now - one.audible_at <= WAITING_SECONDS}
        self._waiting = waiting
        if not waiting:
            return
        loudest = min(waiting.values(), key=_level)
        slot = self._free(now)
        if slot is None:
            slot = self._weaker_than(loudest, now)
        if slot is not None:
            self._take(slot, loudest, now)

    def _free(self, now: float) -> int | None:
        """The lowest slot that nobody owns, or else the one whose owner has been silent longest."""
        for index, owner in enumerate(self.owners):
            if owner is None:
                return index
        owned = [owner for owner in self.owners if owner]
        longest = min(owned, key=lambda owner: owner.audible_at)
        return longest.slot if now - longest.audible_at > HOLD_SECONDS else None

    def _weaker_than(self, challenger: Speaker, now: float) -> int | None:
        settled = [owner for owner in self.owners if owner and now - owner.taken_at > HOLD_SECONDS]
        quietest = max(settled, key=_level, default=None)
        if quietest and challenger.level_dbov + TAKE_DB <= quietest.level_dbov:
            return quietest.slot
        return None

    def _take(self, slot: int, speaker: Speaker, now: float) -> None:
        former = self.owners[slot]
        if former:
            former.slot = None
        self.owners[slot] = speaker
        self._waiting.pop(speaker.seat, None)
        speaker.slot, speaker.taken_at = slot, now
        speaker.turn += 1


def _level(speaker: Speaker) -> float:
    return speaker.level_dbov


def _listen(speaker: Speaker, level_dbov: int, now: float) -> None:
    """After a long silence the level begins low again, so that one loud click takes nobody's slot."""
    if now - speaker.audible_at > HOLD_SECONDS:
        speaker.level_dbov = SILENT_DBOV
    speaker.level_dbov += (level_dbov - speaker.level_dbov) * SMOOTHING
    speaker.audible_at = now
