from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from contracts.base import Envelope
from contracts.media import MediaFact, NodeBeat
from services.signalling.nodes import Nodes, least_loaded

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
QUIET, BUSY = uuid4(), uuid4()


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def beat(
    node_id: UUID, at: datetime, load: float = 0.1, draining: bool = False, places: int = 9
) -> Envelope[MediaFact]:
    fact = NodeBeat(
        node_id=node_id,
        name="media",
        url=f"http://{node_id}",
        sessions=0,
        rooms=0,
        load=load,
        packets_per_second=0,
        draining=draining,
        places=places,
    )
    return Envelope[MediaFact](id=uuid4(), source="/media", stream=node_id, version=None, at=at, fact=fact)


def chosen(nodes: Nodes) -> UUID | None:
    node = nodes.choose()
    return node.node_id if node else None


def test_a_room_goes_to_the_least_loaded_node() -> None:
    nodes = Nodes(lambda: NOON)
    nodes.note(beat(BUSY, NOON, load=0.8))
    nodes.note(beat(QUIET, NOON, load=0.2))
    assert chosen(nodes) == QUIET


def test_a_full_node_gets_a_room_only_when_all_are_full() -> None:
    nodes = Nodes(lambda: NOON)
    nodes.note(beat(QUIET, NOON, load=0.2, places=0))
    nodes.note(beat(BUSY, NOON, load=0.8))
    assert chosen(nodes) == BUSY
    nodes.note(beat(BUSY, NOON, load=0.8, places=0))
    assert chosen(nodes) == QUIET, "it says itself that it is full, and when to come back"


def test_a_node_that_is_being_drained_gets_no_new_room_and_keeps_the_ones_it_has() -> None:
    nodes = Nodes(lambda: NOON)
    nodes.note(beat(QUIET, NOON, draining=True))
    assert chosen(nodes) is None
    assert nodes.get(QUIET) is not None


def test_a_node_whose_last_beat_is_over_six_seconds_old_is_dead() -> None:
    clock = Clock()
    nodes = Nodes(clock)
    nodes.note(beat(QUIET, NOON))
    clock.passes(6.1)
    nodes.note(beat(BUSY, clock.now, load=0.9))
    assert nodes.get(QUIET) is None
    assert chosen(nodes) == BUSY


def test_when_no_node_at_all_is_heard_the_bus_is_away_and_those_of_before_count() -> None:
    clock = Clock()
    nodes = Nodes(clock)
    nodes.note(beat(QUIET, NOON))
    clock.passes(60)
    assert chosen(nodes) == QUIET
    clock.passes(24 * 3600)
    assert chosen(nodes) is None


def test_a_node_at_whose_address_nobody_listens_is_left_alone_until_it_beats_again() -> None:
    clock = Clock()
    nodes = Nodes(clock)
    nodes.note(beat(QUIET, NOON))
    nodes.note(beat(BUSY, NOON, load=0.9))
    clock.passes(1)
    nodes.failed(QUIET)
    assert chosen(nodes) == BUSY
    nodes.note(beat(QUIET, NOON + timedelta(seconds=0.5)))  # sent before, read after
    assert chosen(nodes) == BUSY
    nodes.note(beat(QUIET, NOON + timedelta(seconds=2)))
    assert chosen(nodes) == QUIET


def test_without_nodes_there_is_no_choice() -> None:
    assert least_loaded([]) is None
    assert chosen(Nodes(lambda: NOON)) is None
