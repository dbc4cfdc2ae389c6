"""Rows beside a room's log: what is left of many, and what later commands of a batch see of them."""

from datetime import datetime
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.rooms.domain.rows import AllOver, Beside, Due, Kind, NoLongerDue, Presence, PresenceGone, Row, after
from services.rooms.squash import Squashed, squash
from tests.unit.rooms.rooms_given import ANA, HOST, SAM, later

people = st.sampled_from([HOST, SAM, ANA])
kinds = st.sampled_from(list(Kind))
times = st.integers(0, 5).map(later)
any_row: st.SearchStrategy[Row] = st.one_of(
    st.builds(Presence, people, st.integers(1, 9), st.none(), st.integers(0, 3), st.booleans()),
    st.builds(PresenceGone, people),
    st.builds(Due, kinds, people, times),
    st.builds(NoLongerDue, kinds, st.none() | people, st.none() | times),
    st.builds(AllOver),
)


class Tables:
    """Presence and deadlines as Postgres has them."""

    def __init__(self) -> None:
        self.presence = {HOST: Presence(HOST, 1, None, 1)}
        self.due: dict[tuple[Kind, UUID], datetime] = {(kind, HOST): later(3) for kind in Kind}

    def one_by_one(self, rows: list[Row]) -> "Tables":
        for row in rows:
            self.write(squash([row]))
        return self

    def write(self, left: Squashed) -> "Tables":
        """In the order in which they are written."""
        if left.all_over:
            self.presence, self.due = {}, {}
        for user in left.gone:
            self.presence.pop(user, None)
            self.due = {key: at for key, at in self.due.items() if key[1] != user or key[0] is Kind.COUNTDOWN}
        for row in left.no_longer_due:
            self.due = {key: at for key, at in self.due.items() if not _over(key, at, row)}
        self.presence |= left.present
        self.due |= {key: row.at for key, row in left.due.items()}
        return self


def _over(key: tuple[Kind, UUID], at: datetime, row: NoLongerDue) -> bool:
    due_by = row.due_by is None or at <= row.due_by
    return key[0] is row.kind and row.user_id in (None, key[1]) and due_by


@settings(max_examples=1000)
@given(st.lists(any_row, max_size=12))
def test_together_they_leave_what_they_leave_one_by_one(rows: list[Row]) -> None:
    together, apart = Tables().write(squash(rows)), Tables().one_by_one(rows)
    assert (together.presence, together.due) == (apart.presence, apart.due)


@given(st.lists(any_row, max_size=12))
def test_later_commands_see_the_presence_that_earlier_ones_made(rows: list[Row]) -> None:
    beside = after(Beside(Tables().presence), rows)
    assert beside.presence == Tables().one_by_one(rows).presence


def test_a_deadline_that_was_put_off_and_then_passed_leaves_nothing_of_the_one_before() -> None:
    before = Tables().due[Kind.GRACE, HOST]
    sooner, passed = Due(Kind.GRACE, HOST, later(1)), NoLongerDue(Kind.GRACE, HOST, later(2))
    assert before > later(2)
    assert (Kind.GRACE, HOST) not in Tables().write(squash([sooner, passed])).due


def test_many_who_come_are_two_sets_and_whoever_goes_again_leaves_nothing() -> None:
    people = [UUID(int=number) for number in range(1, 101)]
    coming: list[Row] = [
        row for user in people for row in (Presence(user, 1, user, 1), Due(Kind.GRACE, user, later(60)))
    ]
    left = squash([*coming, PresenceGone(people[0])])
    assert (len(left.present), len(left.due), left.gone, left.no_longer_due) == (99, 99, {people[0]}, [])
