"""Many rows of commands decided together, as the few sets that are left of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import assert_never
from uuid import UUID

from services.rooms.domain.rows import AllOver, Due, Kind, NoLongerDue, Presence, PresenceGone, Row

OF_PEOPLE = [kind for kind in Kind if kind is not Kind.COUNTDOWN]  # what is due goes with them; the countdown stays


@dataclass
class Squashed:
    """To be written in this order: what goes first, then what is there now."""

    all_over: bool = False
    gone: set[UUID] = field(default_factory=set)  # with whatever was due for them
    no_longer_due: list[NoLongerDue] = field(default_factory=list)  # of what was there before
    present: dict[UUID, Presence] = field(default_factory=dict)
    due: dict[tuple[Kind, UUID], Due] = field(default_factory=dict)


def squash(rows: Sequence[Row]) -> Squashed:
    """The same as if each row were written by itself, one after another."""
    left = Squashed()
    for row in rows:
        match row:
            case Presence(user_id=user):
                left.present[user] = row
            case Due(kind=kind, user_id=user):
                left.due[kind, user] = row
            case PresenceGone(user_id=user):
                left.gone.add(user)
                left.present.pop(user, None)
                for kind in OF_PEOPLE:
                    left.due.pop((kind, user), None)
            case NoLongerDue():
                left.no_longer_due.append(row)
                for due in [left.due[key] for key in _meant(row, left) if _over(left.due[key], row)]:
                    # It would have taken the place of what was there before, and both are gone then.
                    del left.due[due.kind, due.user_id]
                    left.no_longer_due.append(NoLongerDue(due.kind, due.user_id))
            case AllOver():
                left = Squashed(all_over=True)
            case _:
                assert_never(row)
    return left


def _meant(row: NoLongerDue, left: Squashed) -> list[tuple[Kind, UUID]]:
    if row.user_id is None:
        return [key for key in left.due if key[0] is row.kind]
    return [(row.kind, row.user_id)] if (row.kind, row.user_id) in left.due else []


def _over(due: Due, row: NoLongerDue) -> bool:
    return row.due_by is None or due.at <= row.due_by
