"""Which dead letters an operator means."""

from uuid import UUID

import pytest

from services.kit.dead_letters import Place, which_of


def test_a_stream_or_a_place() -> None:
    stream = "0190aaaa-0000-7000-8000-000000000001"
    assert which_of(stream) == UUID(stream)
    place = which_of("room.events.v1/7/1234")
    assert place == Place("room.events.v1", 7, 1234)
    assert str(place) == "room.events.v1/7/1234"


@pytest.mark.parametrize("text", ["", "7", "room.events.v1/7", "room.events.v1/x/1"])
def test_anything_else_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(ValueError, match="neither a stream's id nor a place such as"):
        which_of(text)
