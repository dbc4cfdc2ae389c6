"""Many rows of commands decided together, as the few sets that are left of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import assert_never
from uuid import UUID

from services.rooms.domain.rows import AllOver, Due, Kind, NoLongerDue, Presence, PresenceGone, Row


@dataclass
class Squashed:
    """To be written in this order: what goes first, then what is there now."""

    all_over: bool = False
    gone: set[UUID] = field(default_factory=set)  # with whatever was due for them
    no_longer_due: list[NoLongerDue] = field(default_factory=list)
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
                left.due = {key: due for key, due in left.due.items() if due.user_id != user or _stays(due)}
            case NoLongerDue():
                left.no_longer_due.append(row)
                left.due = {key: due for key, due in left.due.items() if not _over(due, row)}
            case AllOver():
                left = Squashed(all_over=True)
            case _:
                assert_never(row)
    return left


def _stays(due: Due) -> bool:
    """The countdown is the room's, not of the one who was lost."""
    return due.kind is Kind.COUNTDOWN


def _over(due: Due, row: NoLongerDue) -> bool:
    return due.kind is row.kind and row.user_id in (None, due.user_id) and (row.due_by is None or due.at <= row.due_by)
