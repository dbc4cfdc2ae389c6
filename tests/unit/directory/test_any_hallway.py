"""Any legal facts, cut into any batches, delivered again at random, with poison between: the hallway is what they say.

The facts are those that the rooms' own domain tells when people do whatever they like.
"""

from collections.abc import Sequence
from random import Random
from typing import Any
from uuid import UUID

from aiokafka import ConsumerRecord
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.base import Envelope
from contracts.rooms import Policy, RoomFact
from services.directory.projections.card import Card
from services.directory.projections.memory import CARDS, HALLWAY, INVITED, PARTICIPANTS, HallwayMemory
from services.directory.projections.model import HallwayModel
from services.kit.recipe import Table
from services.kit.replica import Replica
from tests.unit.directory.naive_hallway import NaiveCard, naive
from tests.unit.directory.records import bare, record
from tests.unit.rooms.any_room import AnyRoom
from tests.unit.rooms.test_any_room import anything

Log = list[Envelope[RoomFact]]
Records = list["ConsumerRecord[bytes, bytes]"]
Hallway = Replica[RoomFact, Card]
GARBAGE = (b"{ no JSON", b"{}", b'{"type":"room.renamed.v1"}', b"\xff\xfe")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_the_hallway_is_what_the_facts_say(seed: int) -> None:
    random = Random(seed)
    logs = {UUID(int=random.getrandbits(128)): a_log(random) for _ in range(random.randint(1, 5))}
    logs = {room: [each.model_copy(update={"stream": room}) for each in log] for room, log in logs.items()}
    poisoned = {room: poison(random, log) for room, log in logs.items() if random.random() < 0.5}
    told = delivered(random, logs, poisoned)
    hallway = Replica(HallwayModel(), HallwayMemory())
    folded_in_batches(random, hallway, told)

    for room, log in logs.items():
        upto = poisoned.get(room, len(log))
        assert shown(hallway, room) == expected(log[:upto]), "up to the poison, and no further"
    assert set(hallway.parked) == set(poisoned)

    hallway.mend()
    assert set(hallway.parked) == set(poisoned), "what is lost stays lost"
    again = [record(log[upto]) for room, upto in poisoned.items() for log in [logs[room]]]
    folded_in_batches(random, hallway, again)
    hallway.mend()
    assert hallway.parked == {}
    assert {room: shown(hallway, room) for room in logs} == {room: expected(log) for room, log in logs.items()}


def a_log(random: Random) -> Log:
    world = AnyRoom()
    world.begin(Policy(speak=random.choice(["hand", "open"])), planned=random.random() < 0.3, in_club=False)
    for _ in range(random.randint(5, 120)):
        anything(world, random)
    return world.log


def poison(random: Random, log: Log) -> int:
    """Which of its records will be unreadable."""
    return random.randrange(len(log))


def delivered(random: Random, logs: dict[UUID, Log], poisoned: dict[UUID, int]) -> Records:
    """Each log in order, among the others, with stretches told again, and with records of nobody."""
    queues = {room: told_again(random, _with_poison(random, log, poisoned.get(room))) for room, log in logs.items()}
    told: Records = []
    while queues:
        room = random.choice(sorted(queues))
        told.append(queues[room].pop(0))
        if not queues[room]:
            del queues[room]
        if random.random() < 0.02:
            stranger = bare(room, b"?")
            stranger.key = b"nobody"
            told.append(stranger)
    return told


def _with_poison(random: Random, log: Log, at: int | None) -> Records:
    return [record(each, random.choice(GARBAGE) if number == at else None) for number, each in enumerate(log)]


def told_again(random: Random, records: Records) -> Records:
    """As after a crash of the relay, or a republish: some stretch from before comes a second time."""
    told: Records = []
    for number, each in enumerate(records):
        told.append(each)
        if random.random() < 0.03:
            told += records[random.randrange(number + 1) : number + 1]
    return told


def folded_in_batches(random: Random, hallway: Hallway, told: Sequence["ConsumerRecord[bytes, bytes]"]) -> None:
    at = 0
    while at < len(told):
        size = random.choice([1, 2, 7, 50, 500])
        hallway.apply(told[at : at + size])
        at += size


def shown(hallway: Hallway, room: UUID) -> NaiveCard | None:
    """The rows of the read model, read as a test thinks of a room."""
    cards = rows(hallway, CARDS, room)
    if not cards:
        return None
    (card,) = cards
    people = rows(hallway, PARTICIPANTS, room)
    found = NaiveCard(
        name=card["name"],
        state=card["state"],
        seq=card["seq"],
        roles={each["user_id"]: each["role"] for each in people},
        seats={each["user_id"]: each["seat"] for each in people},
        muted={each["user_id"] for each in people if each["muted"]},
        invited={each["user_id"] for each in rows(hallway, INVITED, room)},
    )
    assert card["participant_count"] == len(people)
    assert [(UUID(each["user_id"]), each["role"]) for each in card["panel"]] == found.panel
    assert card["panel_count"] == sum(role != "AUDIENCE" for role in found.roles.values())
    return found


def rows(hallway: Hallway, table: Table, room: UUID) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in hallway.memory.rows(table, [room])]


def expected(log: Log) -> NaiveCard | None:
    return naive([each.fact for each in log]) if log else None


def test_the_recipe_names_the_tables_in_which_rooms_stand() -> None:
    assert [table.name for table in HALLWAY.tables] == ["room_card", "participants", "invited"]
