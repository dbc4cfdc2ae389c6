from uuid import uuid4

import pytest

from services.kit.contiguity import Contiguity, Gap

A, B = uuid4(), uuid4()


def rows(*pairs: tuple[object, int]) -> list[dict[str, object]]:
    return [{"stream": stream, "version": version} for stream, version in pairs]


def test_streams_may_interleave() -> None:
    Contiguity().expect(rows((A, 1), (B, 7), (A, 2), (B, 8)))


@pytest.mark.parametrize("then", [1, 3, 9])
def test_a_version_out_of_line_stops_the_relay(then: int) -> None:
    watch = Contiguity()
    watch.expect(rows((A, 1)))
    with pytest.raises(Gap, match="comes after 1"):
        watch.expect(rows((A, then)))


def test_after_a_restart_a_stream_may_begin_anywhere() -> None:
    watch = Contiguity()
    watch.expect(rows((A, 1)))
    watch.forget()
    watch.expect(rows((A, 5), (A, 6)))


def test_it_forgets_the_streams_of_long_ago() -> None:
    watch = Contiguity(streams=1)
    watch.expect(rows((A, 1), (B, 1), (A, 9)))
