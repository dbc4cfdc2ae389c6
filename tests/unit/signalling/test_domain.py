from datetime import UTC, datetime
from functools import reduce
from uuid import UUID, uuid4

from contracts.base import Envelope
from contracts.signal import ClosedReason, ConnectionClosed, ConnectionOpened, RoomMoved, RoomPlaced, SignalFact
from services.kit.decisions import Decided
from services.signalling.domain import SUPERSEDED, Close, Held, Lines, Open, Outcome, Place, Released, decide, evolve

ROOM, ALICE, HERE, THERE, NODE, OTHER_NODE = (uuid4() for _ in range(6))


def opened(number: int = 1, seat: int = 7, at: UUID = HERE) -> ConnectionOpened:
    return ConnectionOpened(room_id=ROOM, user_id=ALICE, seat=seat, connection_no=number, instance_id=at)


def closed(reason: ClosedReason, number: int = 1, seat: int = 7) -> ConnectionClosed:
    return ConnectionClosed(room_id=ROOM, user_id=ALICE, seat=seat, connection_no=number, reason=reason)


def given(*history: SignalFact) -> Lines:
    return reduce(evolve, map(_told, history), Lines(ROOM))


def _told(fact: SignalFact) -> Envelope[SignalFact]:
    return Envelope[SignalFact](
        id=uuid4(), source="/signalling", stream=ROOM, version=1, at=datetime.now(UTC), fact=fact
    )


def told(outcome: Outcome) -> tuple[SignalFact, ...]:
    assert isinstance(outcome, Decided)
    return outcome.facts


def test_a_first_connection_is_opened_and_held_here() -> None:
    outcome = decide(Open(ALICE, 7, 1, HERE), given(), None)
    assert outcome == Decided((opened(),), (Held(ALICE, 7, 1, HERE),))


def test_the_same_connection_again_is_harmless() -> None:
    assert decide(Open(ALICE, 7, 1, HERE), given(opened()), None) == Decided()


def test_a_newer_connection_closes_the_old_one_and_takes_its_place() -> None:
    facts = told(decide(Open(ALICE, 7, 2, HERE), given(opened()), None))
    assert facts == (closed(ClosedReason.SUPERSEDED), opened(number=2))


def test_a_newer_seat_wins_whatever_its_connection() -> None:
    facts = told(decide(Open(ALICE, 9, 1, HERE), given(opened(number=5)), None))
    assert facts == (closed(ClosedReason.SUPERSEDED, number=5), opened(seat=9))


def test_an_older_connection_is_refused() -> None:
    assert decide(Open(ALICE, 7, 1, HERE), given(opened(number=2)), None) == SUPERSEDED
    assert decide(Open(ALICE, 7, 3, HERE), given(opened(seat=9)), None) == SUPERSEDED


def test_after_its_instance_died_a_connection_comes_back_elsewhere_without_having_been_closed() -> None:
    assert told(decide(Open(ALICE, 7, 1, THERE), given(opened()), None)) == (opened(at=THERE),)


def test_only_the_current_connection_can_be_closed() -> None:
    lines = given(opened(number=2))
    assert told(decide(Close(ALICE, 7, 1, ClosedReason.LOST), lines, None)) == ()
    outcome = decide(Close(ALICE, 7, 2, ClosedReason.LOST), lines, None)
    assert outcome == Decided((closed(ClosedReason.LOST, number=2),), (Released(ALICE),))


def test_what_was_never_opened_or_is_closed_already_needs_no_closing() -> None:
    lost = closed(ClosedReason.LOST)
    for lines in (given(), given(opened(), lost)):
        assert decide(Close(ALICE, 7, 1, ClosedReason.LOST), lines, None) == Decided()


def test_an_instance_does_not_close_what_another_holds_by_now() -> None:
    lines = given(opened(), opened(at=THERE))
    assert told(decide(Close(ALICE, 7, 1, ClosedReason.INSTANCE_LOST, HERE), lines, None)) == ()
    assert told(decide(Close(ALICE, 7, 1, ClosedReason.LOST, THERE), lines, None)) == (closed(ClosedReason.LOST),)


def test_a_room_is_placed_once_and_stays_there() -> None:
    assert told(decide(Place(NODE, None), given(), None)) == (RoomPlaced(room_id=ROOM, node_id=NODE),)
    outcome = decide(Place(OTHER_NODE, None), given(RoomPlaced(room_id=ROOM, node_id=NODE)), None)
    assert outcome == Decided(result={"node_id": str(NODE)})  # who asks at the same moment gets the first one's choice


def test_a_room_moves_away_from_the_node_that_is_dead() -> None:
    lines = given(RoomPlaced(room_id=ROOM, node_id=NODE))
    moved = RoomMoved(room_id=ROOM, from_node_id=NODE, node_id=OTHER_NODE)
    assert told(decide(Place(OTHER_NODE, instead_of=NODE), lines, None)) == (moved,)
    third = uuid4()
    assert decide(Place(third, instead_of=NODE), evolve(lines, _told(moved)), None) == Decided(
        result={"node_id": str(OTHER_NODE)}
    )
