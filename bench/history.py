"""A made-up log of rooms that live at the same time, as Kafka would hand it over: what folds are measured with."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeAlias
from uuid import UUID

from aiokafka import ConsumerRecord

from contracts.base import Envelope
from contracts.cloudevents import headers_of
from contracts.kafka import ROOM_EVENTS
from contracts.roles import Role
from contracts.rooms import (
    HandRaised,
    LeftReason,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantMuted,
    ParticipantUnmuted,
    RoleChanged,
    RoleReason,
    RoomEnded,
    RoomFact,
    RoomOpened,
    SpeakerInvited,
)
from contracts.rooms.reasons import EndedReason

Kafkas: TypeAlias = "ConsumerRecord[bytes, bytes]"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
AT_ONCE = 1_000  # rooms
LISTENERS, SPEAKERS, LEAVERS = 20, 3, 12


def envelopes(rng: Random) -> Iterator[Envelope[RoomFact]]:
    """Without end: 1,000 rooms at a time, some 50 facts each, one fact of any of them after another."""
    rooms = [_envelopes(rng) for _ in range(AT_ONCE)]
    while True:
        number = rng.randrange(AT_ONCE)
        envelope = next(rooms[number], None)
        if envelope is None:
            rooms[number] = _envelopes(rng)
        else:
            yield envelope


def records(rng: Random, count: int) -> list[Kafkas]:
    """The next so many, each where it would stand in its partition."""
    offsets: Counter[int] = Counter()
    return [record(envelope, offsets) for envelope, _ in zip(envelopes(rng), range(count), strict=False)]


def elsewhere(log: Sequence[Kafkas], number: int, offsets: Counter[int]) -> list[Kafkas]:
    """The same again in other rooms, those of a number below 65,536: quicker than making it up anew."""
    return [_elsewhere(each, b"%04x" % number, offsets) for each in log]


def _elsewhere(each: Kafkas, prefix: bytes, offsets: Counter[int]) -> Kafkas:
    assert each.key is not None
    assert each.value is not None
    key = prefix + each.key[4:]
    headers = tuple((name, key if name == "ce_subject" else value) for name, value in each.headers)
    return _placed(key, each.value.replace(each.key, key), headers, offsets)


def record(envelope: Envelope[RoomFact], offsets: Counter[int]) -> Kafkas:
    key, value = str(envelope.stream).encode(), envelope.fact.model_dump_json().encode()
    return _placed(key, value, tuple(headers_of(envelope, envelope.fact.type)), offsets)


def _placed(key: bytes, value: bytes, headers: tuple[tuple[str, bytes], ...], offsets: Counter[int]) -> Kafkas:
    partition = ROOM_EVENTS.partition_of(UUID(key.decode()))
    offset = offsets[partition]
    offsets[partition] += 1
    sizes = len(key), len(value)
    return ConsumerRecord[bytes, bytes](ROOM_EVENTS.name, partition, offset, 0, 0, key, value, None, *sizes, headers)


def _envelopes(rng: Random) -> Iterator[Envelope[RoomFact]]:
    room = _id(rng)
    for version, fact in enumerate(_facts(room, rng), 1):
        at = NOON + timedelta(seconds=version)
        yield Envelope(
            id=_id(rng),
            source="/rooms",
            stream=room,
            version=version,
            at=at,
            actor=_id(rng),
            correlation_id=_id(rng),
            fact=fact,
        )


def _facts(room: UUID, rng: Random) -> Iterator[RoomFact]:
    """People come, three of them get onto the stage, most leave, and of three rooms one ends."""
    host, *people = (_id(rng) for _ in range(LISTENERS + 1))
    yield RoomOpened(room_id=room, host_id=host, name="A room like any other", club_id=_id(rng))
    for person in people:
        yield ParticipantJoined(room_id=room, user_id=person)
    for person in people[:SPEAKERS]:
        yield HandRaised(room_id=room, user_id=person)
        yield SpeakerInvited(room_id=room, user_id=person, by=host, expires_at=NOON)
        yield RoleChanged(room_id=room, user_id=person, role=Role.SPEAKER, reason=RoleReason.INVITED)
    yield ParticipantMuted(room_id=room, user_id=people[0], by=host)
    yield ParticipantUnmuted(room_id=room, user_id=people[0])
    for seat, person in enumerate(people[:LEAVERS], 2):
        yield ParticipantLeft(room_id=room, user_id=person, seat=seat, reason=LeftReason.LEFT)
    if rng.random() < 1 / 3:
        yield RoomEnded(room_id=room, reason=EndedReason.ENDED, by=host)


def _id(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128))
