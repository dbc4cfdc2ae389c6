import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from starlette.types import Message

from services.directory.api import stream
from services.directory.live.ring import Change, Ring
from services.directory.live.subscription import Subscription
from services.directory.queries.rooms import CardView, Filter

CLUB, TOPIC = uuid4(), uuid4()
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def card(club_id: UUID | None = None, topic_id: UUID | None = None) -> CardView:
    return CardView(uuid4(), "Jazz", club_id, None, topic_id, [], 0, 0, NOON, NOON, "live", 1)


def told(ring: Ring, count: int) -> list[Change]:
    return [ring.add("card", "{}", card()) for _ in range(count)]


def test_a_stream_goes_on_where_it_broke() -> None:
    ring = Ring("epoch")
    first, second, third = told(ring, 3)
    assert ring.after("epoch-1") == [second, third]
    assert ring.after(ring.last_id) == []
    assert b"id: epoch-1\n" in first.block


def test_before_anything_happened_there_is_a_place_to_go_on_from() -> None:
    ring = Ring("epoch")
    before = ring.last_id
    (change,) = told(ring, 1)
    assert ring.after(before) == [change]


def test_what_is_forgotten_cannot_be_gone_on_from() -> None:
    ring = Ring("epoch", remembered=2)
    told(ring, 5)
    assert ring.after("epoch-2") is None
    kept = ring.after("epoch-3")
    assert kept is not None
    assert [change.number for change in kept] == [4, 5]


def test_an_id_of_another_process_or_of_no_sense_is_no_place_to_go_on_from() -> None:
    ring = Ring("epoch")
    told(ring, 1)
    for event_id in (None, "", "other-1", "epoch", "epoch-", "epoch-2", "epoch--1", "epoch-1.0", "epoch-²", "1" * 200):
        assert ring.after(event_id) is None


async def test_a_viewer_gets_what_their_filter_takes() -> None:
    ring, viewer = Ring("epoch"), Subscription(Filter(clubs=frozenset({CLUB})))
    followed, other, clubless = (ring.add("card", "{}", card(club)) for club in (CLUB, uuid4(), None))
    for change in (followed, other, clubless):
        viewer.offer(change)
    assert [await viewer.next(), await viewer.next()] == [followed.block, clubless.block]


async def test_who_does_not_keep_up_is_ended_and_nothing_more_is_kept_for_them() -> None:
    ring, viewer = Ring("epoch"), Subscription(Filter(), bound=2)
    for change in told(ring, 5):
        viewer.offer(change)
    assert viewer.over
    assert await viewer.next() is None


def test_a_filter_by_club_and_by_topic() -> None:
    assert Filter(club_id=CLUB).takes(CLUB, None)
    assert not Filter(club_id=CLUB).takes(None, TOPIC)
    assert Filter(topic_id=TOPIC).takes(None, TOPIC)
    assert not Filter(topic_id=TOPIC).takes(CLUB, None)


async def test_who_stops_reading_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "SLOW_SECONDS", 0.01)
    sent: list[str] = []

    async def blocks() -> AsyncIterator[bytes]:
        while True:
            yield b": beat\n\n"

    async def send(message: Message) -> None:
        sent.append(message["type"])
        if len(sent) == 3:
            await asyncio.Event().wait()  # the socket takes no more

    await stream.EventStream(blocks()).stream_response(send)
    assert sent == ["http.response.start", "http.response.body", "http.response.body"]
