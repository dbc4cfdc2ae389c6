"""An event crosses Kafka unharmed, and anything else is poison, never a crash."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from contracts.base import Envelope
from contracts.cloudevents import Poison, UnknownType, envelope_of, from_json, headers_of, to_json
from contracts.kafka import ROOM_EVENTS, topic_of
from contracts.rooms import ROOM_FACTS, HandRaised, RoomFact

ROOM, ALICE = uuid4(), uuid4()
RAISED: Envelope[RoomFact] = Envelope(
    id=uuid4(),
    source="/rooms",
    stream=ROOM,
    version=4,
    at=datetime(2026, 1, 1, 12, tzinfo=UTC),
    actor=ALICE,
    traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    fact=HandRaised(room_id=ROOM, user_id=ALICE),
)
VALUE = RAISED.fact.model_dump_json().encode()


def headers(**changes: bytes | None) -> list[tuple[str, bytes]]:
    changed = dict(headers_of(RAISED, "room.hand_raised.v1")) | changes
    return [(name, value) for name, value in changed.items() if value is not None]


def test_an_event_survives_the_trip() -> None:
    assert envelope_of(headers(), VALUE, ROOM_FACTS) == RAISED


def test_clients_get_it_as_one_json_object() -> None:
    event = to_json(RAISED)
    assert event["type"] == "room.hand_raised.v1"
    assert event["sequence"] == 4
    assert event["data"] == {"room_id": str(ROOM), "user_id": str(ALICE), "hidden_from": []}
    assert from_json(event, ROOM_FACTS) == RAISED.model_copy(update={"traceparent": None})


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        (None, {}),
        (b"", {}),
        (b"{", {}),
        (b"{}", {}),
        (b"[" * 100_000, {}),
        (VALUE, {"ce_id": None}),
        (VALUE, {"ce_id": b"\xff"}),
        (VALUE, {"ce_subject": b"a\0b"}),
        (VALUE, {"ce_sequence": b"one"}),
        (VALUE, {"ce_sequence": b"0"}),
        (VALUE, {"ce_sequence": b"%d" % 2**70}),
        (VALUE, {"ce_time": b"yesterday"}),
        (VALUE, {"ce_type": b"room.hand_lowered.v1"}),
    ],
)
def test_anything_else_is_poison(value: bytes | None, changes: dict[str, bytes | None]) -> None:
    with pytest.raises(Poison):
        envelope_of(headers(**changes), value, ROOM_FACTS)


def test_a_type_not_known_yet_is_no_bad_record() -> None:
    with pytest.raises(UnknownType) as unknown:
        envelope_of(headers(ce_type=b"room.exploded.v9"), VALUE, ROOM_FACTS)
    assert (unknown.value.stream, unknown.value.version) == (ROOM, 4)


def test_the_partition_of_a_stream_never_changes() -> None:
    ids = [UUID(int=number) for number in range(5)]
    assert [ROOM_EVENTS.partition_of(key) for key in ids] == [1, 15, 21, 11, 8]


def test_a_fact_travels_on_the_topic_of_its_owner() -> None:
    assert topic_of("room.opened.v1") is ROOM_EVENTS
    assert topic_of("media.node_beat.v1").name == "media.nodes.v1"
    assert topic_of("media.connected.v1").name == "media.events.v1"
