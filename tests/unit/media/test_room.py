import pytest

from contracts.media import SpeakingStarted, SpeakingStopped
from contracts.roles import Role
from services.media.engine.packets import HEADER
from services.media.engine.participant import Undecryptable
from tests.unit.media.people import House, Person


def unbroken(person: Person, slot: int) -> bool:
    """Whether what arrived in that slot has no gap and no repetition."""
    sequences = person.sequences(slot)
    return sequences == list(range(sequences[0], sequences[0] + len(sequences)))


def test_a_speaker_is_heard_by_everyone_else_with_the_seat_as_source() -> None:
    house = House()
    speaker, near, far = house.enter(1, Role.HOST), house.enter(2), house.enter(3)
    house.speak(speaker, frames=5)
    for listener in (near, far):
        assert [(one.slot, one.seat, one.payload) for one in listener.heard] == [(0, 1, b"opus")] * 5


def test_nobody_hears_themselves() -> None:
    house = House()
    speaker = house.enter(1, Role.HOST)
    house.speak(speaker)
    assert speaker.heard == []


def test_who_spoke_in_a_slot_hears_the_next_one_in_it_without_a_gap() -> None:
    house = House()
    first, second, listener = house.enter(1, Role.HOST), house.enter(2, Role.SPEAKER), house.enter(3)
    house.speak(second)
    house.says(2, Role.AUDIENCE, seq=10)
    house.speak(first)
    house.says(2, Role.SPEAKER, seq=11)
    house.says(1, Role.AUDIENCE, seq=12)
    house.speak(second)
    assert [len(person.heard) for person in (first, second, listener)] == [20, 10, 30]
    assert all(unbroken(person, 0) for person in (first, second, listener))


def test_the_audience_is_not_heard_and_is_as_soon_as_it_may_speak() -> None:
    house = House()
    speaker, listener = house.enter(1), house.enter(2)
    house.speak(speaker)
    assert listener.heard == []
    house.says(1, Role.SPEAKER, seq=10)
    house.speak(speaker)
    assert len(listener.heard) == 10


def test_a_moderators_mute_is_silence_at_once() -> None:
    house = House()
    speaker, listener = house.enter(1, Role.SPEAKER), house.enter(2)
    house.speak(speaker)
    house.says(1, Role.SPEAKER, seq=10, muted=True)
    house.speak(speaker)
    assert len(listener.heard) == 10


def test_a_gate_shut_beyond_half_the_sequence_numbers_is_not_deaf_when_it_opens() -> None:
    house = House()
    speaker, listener = house.enter(1), house.enter(2)
    speaker.sequence = 60_000
    house.speak(speaker, frames=40_000)
    house.says(1, Role.SPEAKER, seq=10)
    house.speak(speaker)
    assert len(listener.heard) == 10


def test_three_are_heard_at_once_and_a_fourth_is_not() -> None:
    house = House()
    speakers = [house.enter(seat, Role.SPEAKER) for seat in (1, 2, 3, 4)]
    listener = house.enter(5)
    house.speak(*speakers)
    assert {(one.slot, one.seat) for one in listener.heard} == {(0, 1), (1, 2), (2, 3)}


def test_a_client_with_one_line_hears_the_lowest_slot() -> None:
    house = House()
    speakers = [house.enter(seat, Role.SPEAKER) for seat in (1, 2)]
    listener = house.enter(5, lines=1)
    house.speak(*speakers)
    assert {one.seat for one in listener.heard} == {1}


def test_whoever_comes_later_begins_in_the_low_half_of_the_sequence_numbers() -> None:
    house = House()
    speaker = house.enter(1, Role.HOST)
    for stream in house.room.streams:
        stream.sequence = 65_530
    listener = house.enter(2)
    house.speak(speaker)
    assert listener.sequences(0)[0] < 0x8000
    assert unbroken(listener, 0)


def test_the_sources_of_a_room_stay_the_same_and_differ() -> None:
    house = House()
    before = [stream.ssrc for stream in house.room.streams]
    speaker = house.enter(1, Role.HOST)
    house.speak(speaker)
    house.room.leave(speaker.who, house.now)
    assert [stream.ssrc for stream in house.room.streams] == before
    assert len({*before, house.room.reporter}) == 4


def test_who_has_left_frees_the_slot_for_whoever_waits() -> None:
    house = House()
    speakers = [house.enter(seat, Role.SPEAKER) for seat in (1, 2, 3, 4)]
    listener = house.enter(5)
    house.speak(*speakers)
    house.room.leave(speakers[0].who, house.now)
    house.speak(speakers[3])
    assert {one.slot for one in listener.heard if one.seat == 4} == {0}
    assert unbroken(listener, 0)


def test_a_packet_that_was_changed_on_the_way_is_nobodys() -> None:
    house = House()
    speaker, listener = house.enter(1, Role.HOST), house.enter(2)
    packet = bytearray(speaker.voice())
    packet[-1] ^= 1
    with pytest.raises(Undecryptable):
        house.arrive(speaker, bytes(packet))
    assert listener.heard == []


def test_a_repeated_packet_is_nobodys() -> None:
    house = House()
    speaker = house.enter(1, Role.HOST)
    packet = speaker.voice()
    house.arrive(speaker, packet)
    with pytest.raises(Undecryptable):
        house.arrive(speaker, packet)


def test_another_codec_than_the_one_agreed_on_is_not_forwarded() -> None:
    house = House()
    speaker, listener = house.enter(1, Role.HOST), house.enter(2)
    plain = HEADER.pack(0x80, 8, 1, 1, 1) + b"pcma"
    house.arrive(speaker, bytes(speaker.outward.protect(plain)))
    assert listener.heard == []


def test_speaking_is_told_when_it_starts_and_when_it_stops() -> None:
    house = House()
    speaker = house.enter(1, Role.HOST)
    house.speak(speaker, frames=4)
    assert house.facts == []
    house.speak(speaker, frames=46)
    house.room.tick(house.now + 0.5)
    assert [type(fact) for fact in house.facts] == [SpeakingStarted]
    house.room.tick(house.now + 1.1)
    assert [type(fact) for fact in house.facts] == [SpeakingStarted, SpeakingStopped]


def test_a_mute_ends_speaking_at_once() -> None:
    house = House()
    speaker = house.enter(1, Role.HOST)
    house.speak(speaker)
    house.says(1, Role.HOST, seq=10, muted=True)
    assert isinstance(house.facts[-1], SpeakingStopped)


def test_silence_is_no_speaking() -> None:
    house = House()
    house.speak(house.enter(1, Role.HOST), level_dbov=127, frames=50)
    assert house.facts == []
