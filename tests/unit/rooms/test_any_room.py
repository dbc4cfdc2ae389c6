"""Whatever thirty people ask of a room, in whatever order: what always holds."""

from collections.abc import Callable
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

from contracts.roles import Role
from contracts.rooms import Policy
from tests.unit.rooms.any_room import AnyRoom
from tests.unit.rooms.any_world import LINKS, MODERATION
from tests.unit.rooms.rooms_given import CONNECTION, OTHER


def test_what_always_holds() -> None:
    run_state_machine_as_test(AnyRoom, settings=settings(max_examples=30, stateful_step_count=150, deadline=None))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
@example(309)  # a club's admin opened the room with an invitation of their own
def test_long_runs(seed: int) -> None:
    """The same people for much longer than hypothesis would have them."""
    random, room = Random(seed), AnyRoom()
    room.begin(
        Policy(speak=random.choice(["hand", "open"])), planned=random.random() < 0.3, in_club=random.random() < 0.5
    )
    for step in range(600):
        anything(room, random)
        if step % 10 == 0:
            _holds(room)
    room.teardown()


def _holds(room: AnyRoom) -> None:
    room.one_host_and_nobody_twice()
    room.panel_and_audience_are_the_participants()
    room.hands_are_listeners_and_guests_listen()
    room.counts_equal_the_log()
    room.what_one_may_is_what_is_decided()


def anything(room: AnyRoom, random: Random) -> None:
    who, by, to = (random.randrange(2**20) for _ in range(3))
    acts: list[tuple[int, Callable[[], object]]] = [
        (20, lambda: room.joins(who, random.choice([CONNECTION, OTHER]), random.random() < 0.2, random.choice(LINKS))),
        (4, lambda: room.leaves(who, random.choice([None, to]))),
        (12, lambda: room.raises_or_lowers(who, random.random() < 0.8, by)),
        (12, lambda: room.is_invited(who, by, random.random() < 0.9)),
        (12, lambda: room.answers(who, random.choice(["accepted", "accepted", "declined"]))),
        (6, lambda: room.gets_a_role(who, random.choice(list(Role)), by)),
        (4, lambda: room.takes_a_role(who, random.choice(list(Role)))),
        (8, lambda: room.is_moderated(who, by, random.choice(MODERATION))),
        (2, lambda: room.links(by, random.choice(LINKS), random.random() < 0.7)),
        (
            1,
            lambda: room.edits(
                by, Policy(speak=random.choice(["hand", "hand", "open"]), max_people=random.choice([None, 20]))
            ),
        ),
        (1, lambda: room.opens(by)),
        (12, lambda: room.line_changes(who, random.random() < 0.7, random.random() < 0.2)),
        (3, lambda: room.time_passes(random.choice([0, 0, 1, 6]))),
        (1, lambda: room.ends(by, False, random.random() < 0.02)),
        (2, room.is_remembered),
    ]
    weights, chosen = zip(*acts, strict=True)
    random.choices(chosen, weights)[0]()
