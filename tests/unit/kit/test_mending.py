"""What waits of a parked stream, folded in the order of versions: all of it, or nothing."""

from dataclasses import dataclass
from uuid import uuid4

from aiokafka import ConsumerRecord
from pydantic import TypeAdapter

from contracts.base import Envelope
from contracts.rooms import ROOM_FACTS, HandRaised, RoomFact
from services.kit.folding import Folding, Step
from tests.unit.directory.cards import NOON
from tests.unit.directory.records import bare, record

ROOM = uuid4()


@dataclass
class Versions:
    """A model that only counts, and cannot stand the sevenths."""

    facts: TypeAdapter[RoomFact] = ROOM_FACTS

    def fold(self, state: int | None, envelope: Envelope[RoomFact]) -> int:
        if envelope.seq == 7:
            raise ArithmeticError("seven")
        return envelope.seq

    def version(self, state: int) -> int:
        return state

    def skip(self, state: int | None, stream: object, version: int) -> int:
        return version


def fact(version: int, value: bytes | None = None) -> "ConsumerRecord[bytes, bytes]":
    raised = HandRaised(room_id=ROOM, user_id=ROOM)
    envelope = Envelope[RoomFact](id=uuid4(), source="/rooms", stream=ROOM, version=version, at=NOON, fact=raised)
    return record(envelope, value)


def mended(state: int | None, *records: "ConsumerRecord[bytes, bytes]") -> tuple[int | None, str]:
    folding: Folding[RoomFact, int] = Folding(Versions())
    steps: list[Step[RoomFact]] = folding.sort(records)[0][ROOM]
    after, stop = folding.mend(ROOM, steps, state)
    assert stop is None or stop.waiting == steps, "all of it goes on waiting"
    return after, stop.reason if stop else ""


def test_the_missing_version_told_later_comes_first() -> None:
    assert mended(1, fact(3), fact(4), fact(2)) == (4, "")


def test_repeats_count_once() -> None:
    assert mended(1, fact(2), fact(3), fact(2), fact(3)) == (3, "")


def test_a_version_that_is_missing_still_stops_all_of_it() -> None:
    assert mended(1, fact(3), fact(4)) == (1, "ValueError: version 3 does not follow 1")


def test_an_unreadable_record_is_made_good_by_one_of_the_same_version() -> None:
    assert mended(1, fact(2, b"?"), fact(3), fact(2)) == (3, "")


def test_an_unreadable_record_of_a_version_nobody_told_again_stops_it() -> None:
    state, reason = mended(1, fact(2), fact(3, b"?"))
    assert state == 1
    assert reason.startswith("unreadable")


def test_a_record_of_no_version_stops_it_until_it_is_dropped() -> None:
    assert mended(1, fact(2), bare(ROOM, b"?")) == (1, "missing header ce_subject")


def test_what_the_fold_cannot_do_stops_it() -> None:
    assert mended(5, fact(6), fact(7)) == (5, "ArithmeticError: seven")
