from uuid import uuid4

from services.kit.state_cache import StateCache

A, B, C = uuid4(), uuid4(), uuid4()


def test_a_state_only_moves_forward() -> None:
    cache: StateCache[str] = StateCache(10)
    cache.advance(A, "later", 5)
    cache.advance(A, "earlier", 4)
    assert cache.get(A) == ("later", 5)


def test_the_least_recently_used_goes_first() -> None:
    cache: StateCache[str] = StateCache(2)
    cache.advance(A, "a", 1)
    cache.advance(B, "b", 1)
    cache.get(A)
    cache.advance(C, "c", 1)
    assert cache.get(B) is None
    assert cache.get(A) == ("a", 1)


def test_an_evicted_stream_is_read_anew() -> None:
    cache: StateCache[str] = StateCache(2)
    cache.advance(A, "a", 1)
    cache.evict(A)
    assert cache.get(A) is None
