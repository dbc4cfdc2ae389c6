import itertools

import pytest

from services.media.engine.packets import HEADER
from services.media.engine.plane import Started, Stopped
from tests.unit.media.people import House, Person


def unbroken(person: Person, slot: int) -> bool:
    """Whether what arrived in that slot has no gap and no repetition."""
    sequences = person.sequences(slot)
    return sequences == list(range(sequences[0], sequences[0] + len(sequences)))


def test_a_speaker_is_heard_by_everyone_else_with_the_seat_as_source(house: House) -> None:
    speaker, near, far = house.enter(1, heard=True), house.enter(2), house.enter(3)
    house.speak(speaker, frames=5)
    for listener in (near, far):
        assert [(one.slot, one.seat, one.payload) for one in listener.heard] == [(0, 1, b"opus")] * 5


def test_nobody_hears_themselves(house: House) -> None:
    speaker = house.enter(1, heard=True)
    house.speak(speaker)
    assert speaker.heard == []


def test_who_spoke_in_a_slot_hears_the_next_one_in_it_without_a_gap(house: House) -> None:
    first, second, listener = house.enter(1, heard=True), house.enter(2, heard=True), house.enter(3)
    house.speak(second)
    house.allow(second, False)
    house.speak(first)
    house.allow(second, True)
    house.allow(first, False)
    house.speak(second)
    assert [len(person.heard) for person in (first, second, listener)] == [20, 10, 30]
    assert all(unbroken(person, 0) for person in (first, second, listener))


def test_the_audience_is_not_heard_and_is_as_soon_as_it_may_speak(house: House) -> None:
    speaker, listener = house.enter(1), house.enter(2)
    house.speak(speaker)
    assert listener.heard == []
    house.allow(speaker, True)
    house.speak(speaker)
    assert len(listener.heard) == 10


def test_a_moderators_mute_is_silence_at_once(house: House) -> None:
    speaker, listener = house.enter(1, heard=True), house.enter(2)
    house.speak(speaker)
    house.allow(speaker, False)
    house.speak(speaker)
    assert len(listener.heard) == 10


def test_a_gate_shut_beyond_half_the_sequence_numbers_is_not_deaf_when_it_opens(house: House) -> None:
    speaker, listener = house.enter(1), house.enter(2)
    speaker.sequence = 60_000
    house.speak(speaker, frames=40_000)
    house.allow(speaker, True)
    house.speak(speaker)
    assert len(listener.heard) == 10


def test_three_are_heard_at_once_and_a_fourth_is_not(house: House) -> None:
    speakers = [house.enter(seat, heard=True) for seat in (1, 2, 3, 4)]
    listener = house.enter(5)
    house.speak(*speakers)
    assert {(one.slot, one.seat) for one in listener.heard} == {(0, 1), (1, 2), (2, 3)}


def test_a_client_with_one_line_hears_the_lowest_slot(house: House) -> None:
    speakers = [house.enter(seat, heard=True) for seat in (1, 2)]
    listener = house.enter(5, lines=1)
    house.speak(*speakers)
    assert {one.seat for one in listener.heard} == {1}


def test_whoever_comes_later_begins_in_the_low_half_of_the_sequence_numbers(house: House) -> None:
    speaker = house.enter(1, heard=True)
    house.speak(speaker, frames=65_530 - house.streams[0].sequence)
    listener = house.enter(2)
    house.speak(speaker)
    assert listener.sequences(0)[0] < 0x8000
    assert unbroken(listener, 0)


def test_who_has_left_frees_the_slot_for_whoever_waits(house: House) -> None:
    speakers = [house.enter(seat, heard=True) for seat in (1, 2, 3, 4)]
    listener = house.enter(5)
    house.speak(*speakers)
    house.leave(speakers[0])
    house.speak(speakers[3])
    assert {one.slot for one in listener.heard if one.seat == 4} == {0}
    assert unbroken(listener, 0)


def test_a_packet_that_was_changed_on_the_way_is_nobodys(house: House) -> None:
    speaker, listener = house.enter(1, heard=True), house.enter(2)
    packet = bytearray(speaker.voice())
    packet[-1] ^= 1
    house.arrive(speaker, bytes(packet))
    assert listener.heard == []
    assert house.plane.counts["undecryptable"] == 1


def test_a_repeated_packet_is_nobodys(house: House) -> None:
    speaker, listener = house.enter(1, heard=True), house.enter(2)
    packet = speaker.voice()
    house.arrive(speaker, packet)
    house.arrive(speaker, packet)
    assert len(listener.heard) == 1
    assert house.plane.counts["undecryptable"] == 1


def test_another_codec_than_the_one_agreed_on_is_not_forwarded(house: House) -> None:
    speaker, listener = house.enter(1, heard=True), house.enter(2)
    plain = HEADER.pack(0x80, 8, 1, 1, 1) + b"pcma"
    house.arrive(speaker, bytes(speaker.outward.protect(plain)))
    assert listener.heard == []


def test_speaking_is_told_when_it_starts_and_when_it_stops(house: House) -> None:
    speaker = house.enter(1, heard=True)
    house.speak(speaker, frames=4)
    assert house.told() == []
    house.speak(speaker, frames=46)
    assert house.passes(0.5) == [Started(1)]
    stopped = house.passes(1.1)[-1]
    assert isinstance(stopped, Stopped)
    assert stopped.seconds == pytest.approx(0.98)


def test_a_mute_ends_speaking_at_once(house: House) -> None:
    speaker = house.enter(1, heard=True)
    house.speak(speaker)
    house.allow(speaker, False)
    assert isinstance(house.told()[-1], Stopped)


def test_silence_is_no_speaking(house: House) -> None:
    house.speak(house.enter(1, heard=True), level_dbov=127, frames=50)
    assert house.told() == []


def test_the_sum_of_talk_time_is_what_was_spoken(house: House) -> None:
    speaker, spoken = house.enter(1, heard=True), 0.0
    for frames in (40, 100, 250, 60):
        house.speak(speaker, frames=frames)
        spoken += frames / 50
        house.passes(2.0)
    told = sum(event.seconds for event in house.told() if isinstance(event, Stopped))
    assert told == pytest.approx(spoken, rel=0.05)


def test_through_twenty_switches_a_listener_hears_one_unbroken_stream(house: House) -> None:
    speakers, listener = [house.enter(seat, heard=False) for seat in (1, 2, 3, 4)], house.enter(5)
    for turn in range(21):
        house.allow(speakers[turn % 4], True)
        house.speak(speakers[turn % 4], frames=7)
        house.allow(speakers[turn % 4], False)
    heard = listener.heard
    assert [one.payload for one in heard] == [b"opus"] * 147
    assert unbroken(listener, 0)
    steps = {(later.timestamp - earlier.timestamp) % 2**32 for earlier, later in itertools.pairwise(heard)}
    assert max(steps) <= 2 * 960, "no gap over 40 ms"
    assert sum(one.marker for one in heard) == 21, "each beginning is marked"


def test_a_listener_who_asks_is_told_how_loud_a_voice_is(house: House) -> None:
    speaker, asking, other = house.enter(1, heard=True), house.enter(2, source_level_id=4), house.enter(3)
    house.speak(speaker, frames=1, level_dbov=30)
    assert [one.payload for one in asking.heard] == [b"\xbe\xde\x00\x01\x40\x1e\x00\x00opus"]
    assert [one.payload for one in other.heard] == [b"opus"]


def test_a_level_in_a_two_byte_extension_counts_as_one_in_a_one_byte_extension(house: House) -> None:
    speaker, listener = house.enter(1, heard=True), house.enter(2, source_level_id=4)
    head = HEADER.pack(0x90, 111, 7, 960, 1)
    house.arrive(speaker, bytes(speaker.outward.protect(head + b"\x10\x05\x00\x01\x01\x01\x9e\x00opus")))
    assert [one.payload for one in listener.heard] == [b"\xbe\xde\x00\x01\x40\x1e\x00\x00opus"]


def test_padding_goes_along_and_padding_longer_than_its_packet_does_not(house: House) -> None:
    speaker, listener = house.enter(1, heard=True), house.enter(2)
    for sequence, last in ((7, 3), (8, 200), (9, 0)):
        head = HEADER.pack(0xA0, 111, sequence, 960 * sequence, 1)
        house.arrive(speaker, bytes(speaker.outward.protect(head + b"opus\0\0" + bytes([last]))))
    assert [one.payload for one in listener.heard] == [b"opus\0\0\3"]
    assert house.plane.counts["malformed"] == 2
