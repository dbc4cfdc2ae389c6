"""A quick copy is the copy that dataclasses makes."""

import dataclasses
from dataclasses import FrozenInstanceError, dataclass
from typing import Any

import pytest

from services.kit.evolving import replace


@dataclass(frozen=True)
class Seat:
    role: str
    muted: bool = False


def test_it_is_what_dataclasses_would_make_of_it() -> None:
    seat = Seat("SPEAKER")
    assert replace(seat, muted=True) == dataclasses.replace(seat, muted=True)


def test_the_former_state_stays_as_it_was() -> None:
    seat = Seat("SPEAKER")
    replace(seat, muted=True)
    assert seat == Seat("SPEAKER")


def test_the_copy_is_frozen_too() -> None:
    copy: Any = replace(Seat("SPEAKER"), muted=True)
    with pytest.raises(FrozenInstanceError):
        copy.muted = False
