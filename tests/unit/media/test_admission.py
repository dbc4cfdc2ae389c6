"""How much a node takes on."""

import asyncio

import pytest

from services.media.admission import Limits, NodeFull
from services.media.turns import Turns

LIMITS = Limits(silence_seconds=30.0, most_sessions=3, most_joining=2)


def test_there_is_room_up_to_the_limit() -> None:
    LIMITS.admit(sessions=2, joining=1)
    assert LIMITS.places(2) == 1


def test_a_full_node_says_so_and_when_to_come_back() -> None:
    with pytest.raises(NodeFull, match="no room") as full:
        LIMITS.admit(sessions=3, joining=0)
    assert full.value.retry_seconds > 0
    assert LIMITS.places(3) == LIMITS.places(4) == 0


def test_who_comes_while_too_many_are_coming_in_is_asked_to_wait_a_moment() -> None:
    with pytest.raises(NodeFull, match="coming in") as full:
        LIMITS.admit(sessions=2, joining=2)
    assert full.value.retry_seconds == 1


async def test_who_came_first_has_the_first_turn_and_others_get_theirs_one_by_one() -> None:
    turns, had = Turns(), list[int]()

    async def wait(number: int) -> None:
        await turns.take()
        had.append(number)

    waiting = [asyncio.create_task(wait(number)) for number in range(5)]
    await asyncio.sleep(0)
    assert had == [0], "the first turn is taken at once"
    await asyncio.gather(*waiting)
    assert had == [0, 1, 2, 3, 4]


async def test_who_gave_up_holds_up_nobody() -> None:
    turns = Turns()
    await turns.take()
    impatient, patient = asyncio.create_task(turns.take()), asyncio.create_task(turns.take())
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.wait_for(patient, timeout=1)
