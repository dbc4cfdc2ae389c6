import pytest

from services.media.engine.python_plane import PythonPlane
from tests.unit.media.people import House, MakePlane

PLANES: dict[str, MakePlane] = {"python": PythonPlane}


@pytest.fixture(params=PLANES)
def make_plane(request: pytest.FixtureRequest) -> MakePlane:
    """Each data plane in turn: all tests that take it hold for both."""
    return PLANES[request.param]


@pytest.fixture
def house(make_plane: MakePlane) -> House:
    return House(make_plane)
