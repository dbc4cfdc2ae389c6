import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from starlette.types import Message

from services.directory.api import stream
from services.directory.live.ring import Change, Ring
from services.directory.live.subscription import AGAIN, Subscription
from services.directory.live.subscriptions import Subscriptions
from services.directory.queries.listing import Filter, Listing

CLUB, TOPIC, ALICE, BOB, HOST = (uuid4() for _ in range(5))
HOSTS = frozenset({HOST})


def listing(
    club_id: UUID | None = None,
    topic_id: UUID | None = None,
    state: str = "live",
    insiders: set[UUID] | None = None,
    host_id: UUID | None = None,
) -> Listing:
    return Listing(1, state, club_id, topic_id, None if insiders is None else frozenset(insiders), host_id)


def changed(before: Listing | None, after: Listing) -> Change:
    return Change(1, before, after, b"card", b"gone")


def subscribed(*viewers: Subscription) -> Subscriptions:
    everyone = Subscriptions()
    for viewer in viewers:
        everyone.add(viewer)
    return everyone


def told(ring: Ring, count: int) -> list[Change]:
    return [ring.add(None, listing(), "{}", "{}") for _ in range(count)]


def test_a_stream_goes_on_where_it_broke() -> None:
    ring = Ring("epoch")
    first, second, third = told(ring, 3)
    assert ring.after("epoch-1") == [second, third]
    assert ring.after(ring.last_id) == []
    assert b"id: epoch-1\n" in first.card
    assert b"id: epoch-1\n" in first.gone


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
    followed, other, clubless = (ring.add(None, listing(club), "{}", "{}") for club in (CLUB, uuid4(), None))
    subscribed(viewer).tell([followed, other, clubless])
    assert await viewer.next() == followed.card + clubless.card


async def test_who_does_not_keep_up_is_ended_and_nothing_more_is_kept_for_them() -> None:
    ring, viewer = Ring("epoch"), Subscription(Filter(), bound=2)
    for change in told(ring, 5):
        subscribed(viewer).tell([change])
    assert viewer.over
    assert await viewer.next() is None


async def test_what_concerns_one_viewer_personally_is_chosen_for_them_alone() -> None:
    alice, bob, anybody = Subscription(Filter(ALICE)), Subscription(Filter(BOB, blocked=HOSTS)), Subscription(Filter())
    private, hosted = changed(None, listing(insiders={ALICE})), changed(None, listing(host_id=HOST))
    subscribed(alice, bob, anybody).tell([private, changed(None, listing()), hosted])
    assert await alice.next() == b"card" * 3
    assert await bob.next() == b"card", "neither the private room nor that of whom they blocked"
    assert await anybody.next() == b"card" * 2


async def test_a_hallway_begins_again_for_whom_a_block_concerns_and_what_waited_is_not_said() -> None:
    alice, bob = Subscription(Filter(ALICE)), Subscription(Filter(BOB))
    everyone = subscribed(alice, bob)
    everyone.tell([changed(None, listing(host_id=HOST))])
    everyone.begin_again({ALICE, HOST})
    assert await alice.next() is AGAIN
    everyone.change(alice, Filter(ALICE, blocked=HOSTS))
    everyone.tell([changed(None, listing(host_id=HOST)), changed(None, listing())])
    assert await alice.next() == b"card"
    assert await bob.next() == b"card"


def test_a_room_is_gone_when_somebody_whom_the_viewer_blocked_becomes_its_host() -> None:
    handed_over = changed(listing(), listing(host_id=HOST))
    assert handed_over.block_for(Filter(BOB, blocked=HOSTS)) == b"gone"
    assert handed_over.block_for(Filter(BOB)) == b"card"


async def test_everybody_is_sent_away_when_the_process_stops_also_who_comes_then() -> None:
    before, late = Subscription(Filter()), Subscription(Filter())
    everyone = subscribed(before)
    everyone.close()
    everyone.add(late)
    assert await before.next() is None
    assert await late.next() is None
    everyone.remove(before)
    assert len(everyone) == 1


def test_a_filter_by_club_and_by_topic() -> None:
    assert Filter(club_id=CLUB).takes(listing(CLUB))
    assert not Filter(club_id=CLUB).takes(listing(topic_id=TOPIC))
    assert Filter(topic_id=TOPIC).takes(listing(topic_id=TOPIC))
    assert not Filter(topic_id=TOPIC).takes(listing(CLUB))


def test_a_planned_room_is_for_those_who_asked_for_planned_ones() -> None:
    planned = changed(None, listing(state="scheduled"))
    assert planned.block_for(Filter(states=("scheduled",))) == b"card"
    assert planned.block_for(Filter(states=("live", "scheduled"))) == b"card"
    assert planned.block_for(Filter()) is None


def test_a_room_that_opens_is_gone_from_the_planned_ones() -> None:
    opened = changed(listing(state="scheduled"), listing())
    assert opened.block_for(Filter()) == b"card"
    assert opened.block_for(Filter(states=("live", "scheduled"))) == b"card"
    assert opened.block_for(Filter(states=("scheduled",))) == b"gone"


def test_a_room_that_ends_is_gone_for_those_who_were_shown_it() -> None:
    over, cancelled = listing(state="ended"), changed(listing(state="scheduled"), listing(state="ended"))
    assert changed(listing(), over).block_for(Filter()) == b"gone"
    assert changed(listing(), over).block_for(Filter(states=("scheduled",))) is None
    assert cancelled.block_for(Filter(states=("scheduled",))) == b"gone"
    assert cancelled.block_for(Filter()) is None


def test_a_private_room_is_for_its_insiders_only() -> None:
    private = changed(listing(insiders={ALICE}), listing(insiders={ALICE}))
    assert private.block_for(Filter(ALICE)) == b"card"
    assert private.block_for(Filter(BOB)) is None
    assert private.block_for(Filter()) is None


def test_a_room_that_becomes_private_is_gone_for_everybody_else() -> None:
    closed, reopened = changed(listing(), listing(insiders={ALICE})), changed(listing(insiders={ALICE}), listing())
    assert [closed.block_for(Filter(each)) for each in (ALICE, BOB, None)] == [b"card", b"gone", b"gone"]
    assert [reopened.block_for(Filter(each)) for each in (ALICE, BOB, None)] == [b"card"] * 3


def test_whoever_is_no_insider_any_more_is_told_that_it_is_gone_and_strangers_are_told_nothing() -> None:
    left = changed(listing(insiders={ALICE, BOB}), listing(insiders={ALICE}))
    assert [left.block_for(Filter(each)) for each in (ALICE, BOB, None)] == [b"card", b"gone", None]


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
