from collections.abc import Iterator

import pytest

from tests.unit.media.people import House, MakePlane
from tests.unit.media.planes import PLANES


@pytest.fixture(params=PLANES)
def make_plane(request: pytest.FixtureRequest) -> Iterator[MakePlane]:
    """Each data plane in turn: all tests that take it hold for both."""
    with PLANES[request.param]() as make:
        yield make


@pytest.fixture
def house(make_plane: MakePlane) -> House:
    return House(make_plane)
