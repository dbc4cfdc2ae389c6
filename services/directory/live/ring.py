"""The latest changes of the hallway, so that a stream that broke can go on where it was. Pure."""

from collections import deque
from dataclasses import dataclass

from fastapi.sse import format_sse_event

from services.directory.queries.listing import Filter, Listing

REMEMBERED = 2000  # changes


@dataclass(frozen=True)
class Change:
    """A room as it was listed before, None when it was not, and is now; and both things that may be said of it."""

    number: int
    before: Listing | None
    after: Listing
    card: bytes  # as it goes over the wire, made once for everyone
    gone: bytes

    @property
    def rooms(self) -> tuple[Listing, ...]:
        return (self.after,) if self.before is None else (self.before, self.after)

    def block_for(self, wanted: Filter) -> bytes | None:
        """The card for whoever is to see it, `gone` for whoever was to see it until now, nothing for others."""
        if wanted.takes(self.after):
            return self.card
        return self.gone if self.before is not None and wanted.takes(self.before) else None


class Ring:
    """`epoch` is random and new with each process: an id of another process or of before is never mistaken for ours."""

    def __init__(self, epoch: str, remembered: int = REMEMBERED) -> None:
        self._epoch = epoch
        self._changes: deque[Change] = deque(maxlen=remembered)
        self._last = 0

    @property
    def last_id(self) -> str:
        """The id of the newest change: who has it has everything."""
        return self._id(self._last)

    def add(self, before: Listing | None, after: Listing, card: str, gone: str) -> Change:
        """`card` and `gone` are JSON."""
        self._last += 1
        id_ = self._id(self._last)
        blocks = [
            format_sse_event(event=event, data_str=json, id=id_) for event, json in (("card", card), ("gone", gone))
        ]
        change = Change(self._last, before, after, *blocks)
        self._changes.append(change)
        return change

    def after(self, event_id: str | None) -> list[Change] | None:
        """What came after an id; None when that cannot be said any more."""
        epoch, _, text = (event_id or "").partition("-")
        if epoch != self._epoch or not (text.isascii() and text.isdecimal() and len(text) < 19):
            return None
        number = int(text)
        oldest = self._changes[0].number if self._changes else self._last + 1
        if not oldest - 1 <= number <= self._last:
            return None
        return [change for change in self._changes if change.number > number]

    def _id(self, number: int) -> str:
        return f"{self._epoch}-{number}"
