import asyncio
from uuid import uuid4

import httpx
import pytest

from contracts.cloudevents import UnknownType
from contracts.roles import Role
from contracts.rooms import HandRaised, RoleChanged, RoleReason
from services.kit.service_tokens import ServiceTokens
from services.signalling.api.media import from_loopback
from services.signalling.api.socket import MOST_BEHIND, resumes
from services.signalling.fallback import behind
from services.signalling.feeds import ARRIVING_SECONDS, Feeds, following
from services.signalling.neighbours.rooms import Rooms
from tests.unit.signalling.rooms import ALICE, ROOM, room, told

raised = HandRaised(room_id=ROOM, user_id=ALICE)


def test_a_room_is_followed_fact_by_fact() -> None:
    later = following(room, told(raised, 11))
    assert (later.seq, later.has_hand_up(ALICE)) == (11, True)


def test_what_was_folded_before_changes_nothing() -> None:
    assert following(room, told(raised, 10)) is room


def test_a_gap_is_no_step() -> None:
    for fact in (told(raised, 12), UnknownType(ROOM, 12, "room.danced.v1")):
        with pytest.raises(ValueError, match="does not follow"):
            following(room, fact)


def test_a_fact_about_somebody_who_is_not_there_is_a_reason_to_ask() -> None:
    stranger = RoleChanged(room_id=ROOM, user_id=uuid4(), role=Role.SPEAKER, reason=RoleReason.INVITED)
    with pytest.raises(KeyError):
        following(room, told(stranger, 11))


def test_a_fact_of_a_type_from_the_future_is_a_step() -> None:
    assert following(room, UnknownType(ROOM, 11, "room.danced.v1")).seq == 11


def test_rooms_of_which_the_owner_knows_more_are_behind() -> None:
    late, level, gone = uuid4(), uuid4(), uuid4()
    assert behind({late: 5, level: 7, gone: 3}, {late: 6, level: 7}) == {late}


def test_a_client_goes_on_from_what_it_has_seen_unless_that_is_long_ago_or_never_was() -> None:
    assert resumes(0, seq=12)
    assert resumes(12, seq=12)
    assert not resumes(None, seq=12)
    assert not resumes(13, seq=12)
    assert resumes(200, seq=200 + MOST_BEHIND)
    assert not resumes(199, seq=200 + MOST_BEHIND)


async def test_a_room_is_not_forgotten_while_somebody_may_be_sitting_down_in_it() -> None:
    now, started = 0.0, asyncio.Event()
    started.set()
    owner = httpx.MockTransport(lambda _: httpx.Response(200, content=room.model_dump_json()))
    async with httpx.AsyncClient(transport=owner) as http:
        rooms = Rooms(http, "http://rooms", ServiceTokens("x" * 32, "signalling"))
        feeds = Feeds(rooms, started, lambda *_: None, lambda _: None, lambda: now)
        await feeds.follow(ROOM)
        assert feeds.forget_unused(used=()) == set()
        now = ARRIVING_SECONDS + 1
        assert feeds.forget_unused(used={ROOM}) == set()
        assert feeds.get(ROOM)
        assert feeds.forget_unused(used=()) == {ROOM}
        assert feeds.get(ROOM) is None


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]"])
def test_a_page_from_this_very_machine(host: str) -> None:
    assert from_loopback(host)


@pytest.mark.parametrize("host", ["", "hallway.example", "192.168.1.7:8080", "localhost.example:80", "localhost@x"])
def test_a_page_from_elsewhere(host: str) -> None:
    assert not from_loopback(host)
