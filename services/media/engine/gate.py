"""Who may be heard: what the room last said of each seat. About a seat it said nothing of: nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.roles import Role


@dataclass(frozen=True, slots=True)
class Standing:
    """What the room says of one seat as of `seq`. `role` is None when that seat is no longer in the room."""

    seat: int
    role: Role | None
    muted: bool  # by a moderator; one's own mute is no business of the gate
    seq: int

    @property
    def heard(self) -> bool:
        return self.role is not None and self.role.on_stage and not self.muted


class Gate:
    """The newest standing of every seat, whichever way it came: with an offer, by a fact, by a list."""

    def __init__(self) -> None:
        self._standings: dict[int, Standing] = {}
        self._complete_seq = 0

    def tell(self, standing: Standing) -> bool:
        """Take note of `standing`; False when something newer is known. The greater seq wins."""
        known = self.standing(standing.seat)
        if known and known.seq > standing.seq:
            return False
        self._standings[standing.seat] = standing
        return True

    def tell_all(self, seq: int, standings: Iterable[Standing]) -> None:
        """Everyone in the room as of `seq`: whoever is not among them is out."""
        listed = {standing.seat: standing for standing in standings}
        for seat in self._standings.keys() - listed.keys():
            self.tell(Standing(seat, None, muted=False, seq=seq))
        for standing in listed.values():
            self.tell(standing)
        self._complete(seq)

    def tell_changes(self, seq: int, standings: Iterable[Standing]) -> None:
        """What the fact of `seq` changed, after everything before it was told."""
        for standing in standings:
            self.tell(standing)
        self._complete(seq)

    def standing(self, seat: int) -> Standing | None:
        """The newest word on `seat`, None when there is none.

        A seat is numbered by the fact that made it, so everything told up to a later seq without it says it is out.
        """
        known = self._standings.get(seat)
        if known is None and seat <= self._complete_seq:
            return Standing(seat, None, muted=False, seq=self._complete_seq)
        return known

    def heard(self, seat: int) -> bool:
        standing = self.standing(seat)
        return standing is not None and standing.heard

    def out(self, seat: int) -> bool:
        """True only when the room said that this seat is not in it any more."""
        standing = self.standing(seat)
        return standing is not None and standing.role is None

    def _complete(self, seq: int) -> None:
        """Everything about every seat has been told up to `seq`, so who left by then need not be remembered."""
        self._complete_seq = max(self._complete_seq, seq)
        self._standings = {
            seat: known for seat, known in self._standings.items() if known.role or known.seq > self._complete_seq
        }
