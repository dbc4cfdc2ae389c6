"""What may be said at the door."""

import pytest
from pydantic import ValidationError

from services.rooms.shapes.incoming import NewRoom


def test_a_rooms_name_is_kept_without_the_spaces_around_it() -> None:
    assert NewRoom(name="  Jazz at noon ").name == "Jazz at noon"


@pytest.mark.parametrize("name", ["", "ab", " " * 10, " a  ", "x" * 61, "a\u0000bc", "\ud800abc", "\u202eabc"])
def test_a_name_that_is_blank_short_long_or_not_plain_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        NewRoom(name=name)
