"""What is folded from a room's facts beside its state: the moderation log, the summary, a remembered state."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from contracts.base import Envelope
from contracts.cloudevents import known_types
from contracts.roles import Role
from contracts.rooms import (
    ROOM_FACTS,
    EndedReason,
    HandLowered,
    LinkMade,
    ParticipantBanned,
    ParticipantMuted,
    RoleChanged,
    RoleReason,
    RoomEnded,
    RoomFact,
)
from services.rooms.domain.commands import End
from services.rooms.domain.moderation_log import TYPES, Entry, entry, entry_as_seen
from services.rooms.domain.summary import Summary
from services.rooms.snapshots import dump, load
from tests.unit.rooms.rooms_given import ANA, HOST, MIA, NOON, ROOM, SAM, facts, full_house, joined, when

SAMPLES = Path(__file__).parents[2] / "contract" / "samples"
muted = ParticipantMuted(room_id=ROOM, user_id=SAM, by=MIA, why="a dog")


def logged(fact: RoomFact) -> Entry | None:
    return entry(Envelope(id=UUID(int=1), source="/rooms", stream=ROOM, version=9, at=NOON, fact=fact))


def test_the_moderation_log_says_who_did_what_to_whom_and_why() -> None:
    assert logged(muted) == Entry(9, NOON, "muted", MIA, SAM, "a dog")
    moved = RoleChanged(room_id=ROOM, user_id=SAM, role=Role.AUDIENCE, reason=RoleReason.CHANGED, by=HOST)
    assert logged(moved) == Entry(9, NOON, "role_changed", HOST, SAM, None, {"role": Role.AUDIENCE})


@pytest.mark.parametrize(
    "fact",
    [
        joined(ANA),
        HandLowered(room_id=ROOM, user_id=ANA, by=ANA),
        RoleChanged(room_id=ROOM, user_id=SAM, role=Role.AUDIENCE, reason=RoleReason.STEPPED_DOWN, by=SAM),
        RoomEnded(room_id=ROOM, reason=EndedReason.HOSTLESS),
    ],
    ids=lambda fact: fact.type,
)
def test_not_what_people_do_about_themselves_nor_what_happens_by_itself(fact: RoomFact) -> None:
    assert logged(fact) is None


def test_whom_and_why_is_hidden_from_others_but_not_who_did_it() -> None:
    full = logged(ParticipantBanned(room_id=ROOM, user_id=ANA, by=MIA, why="shouting"))
    assert full
    assert entry_as_seen(full, HOST, moderates=True) == full
    assert entry_as_seen(full, ANA, moderates=False) == full
    assert entry_as_seen(full, SAM, moderates=False) == Entry(9, NOON, "banned", MIA)
    assert entry_as_seen(full, UUID(int=0), moderates=False) == Entry(9, NOON, "banned", MIA), "nobody signed in"
    link = logged(LinkMade(room_id=ROOM, link_id=ANA, by=MIA, expires_at=NOON))
    assert link
    assert entry_as_seen(link, SAM, moderates=False) == link


def test_every_fact_that_can_make_an_entry_is_read() -> None:
    made = {type_ for type_ in known_types(ROOM_FACTS) if logged(_sample(type_))}
    assert made <= TYPES
    assert TYPES - made == {"room.role_changed.v1"}, "the sample of that one is of somebody who stepped up"


def _sample(type_: str) -> RoomFact:
    return ROOM_FACTS.validate_python(json.loads((SAMPLES / f"{type_}.json").read_text()))


def test_a_summary_says_how_long_how_many_and_who_spoke() -> None:
    room = full_house(RoomEnded(room_id=ROOM, reason=EndedReason.ENDED, by=HOST))
    assert room.summary == Summary(NOON, NOON, EndedReason.ENDED, 5, 5, frozenset({HOST, MIA, SAM}))
    assert full_house().summary.lasted(NOON + timedelta(minutes=3)) == timedelta(minutes=3)


def test_after_the_end_host_and_moderators_read_as_they_were() -> None:
    room = full_house(*facts(when(End(HOST), full_house())))
    assert [room.reads_as(user) for user in (HOST, MIA, SAM, ANA)] == [Role.HOST, Role.MODERATOR, None, None]
    assert [full_house().reads_as(user) for user in (HOST, SAM)] == [Role.HOST, Role.SPEAKER]


def test_a_state_comes_back_as_it_was_remembered() -> None:
    room = full_house(muted)
    assert load(ROOM, dump(room)) == room
    with pytest.raises(ValueError, match="not of"):
        load(ANA, dump(room))
