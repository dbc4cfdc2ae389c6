import itertools

from services.media.engine.continuity import MOST_AHEAD, SlotStream, Voice
from services.media.engine.packets import CLOCK_HZ, RtpPacket
from services.media.engine.plane import StreamStart


def packet(sequence: int, timestamp: int = 0, ssrc: int = 7, marker: bool = False) -> RtpPacket:
    return RtpPacket(marker, 111, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc, 30, False, b"opus")


def stream(sequence: int = 1_000, timestamp: int = 50_000) -> SlotStream:
    return SlotStream(0, StreamStart(99, sequence, timestamp))


def carry(slot: SlotStream, sequences: range, seat: int = 5, turn: int = 1, at: float = 0.0) -> list[Voice | None]:
    """Packets 20 ms apart, of which the first leaves at `at`."""
    return [
        slot.carry(packet(sequence, 960 * index, ssrc=seat), seat, turn, at + index / 50)
        for index, sequence in enumerate(sequences)
    ]


def numbers(voices: list[Voice | None]) -> list[int]:
    return [voice.sequence for voice in voices if voice]


def test_a_voice_goes_on_where_the_slot_stood() -> None:
    assert numbers(carry(stream(1_000), range(40_000, 40_003))) == [1_001, 1_002, 1_003]


def test_sequence_numbers_wrap_on_both_sides() -> None:
    assert numbers(carry(stream(65_534), range(65_530, 65_542))) == [65_535, *range(11)]


def test_a_switch_of_speakers_leaves_no_gap() -> None:
    slot = stream()
    first, second = carry(slot, range(10, 13)), carry(slot, range(60_000, 60_003), seat=6, at=0.06)
    assert numbers(first + second) == list(range(1_001, 1_007))


def test_only_the_first_packet_of_a_speaker_is_marked() -> None:
    slot = stream()
    voices = carry(slot, range(3)) + carry(slot, range(3), seat=6, at=0.06)
    assert [voice.marker for voice in voices if voice] == [True, False, False] * 2


def test_the_timestamp_advances_by_the_time_that_passed() -> None:
    slot = stream()
    before = carry(slot, range(3))[-1]
    after = carry(slot, range(3), seat=6, at=1.54)[0]
    assert before is not None
    assert after is not None
    assert after.timestamp - before.timestamp == int(1.5 * CLOCK_HZ)


def test_a_switch_at_once_still_advances_the_timestamp_by_a_packet() -> None:
    slot = stream()
    before, after = carry(slot, range(1))[0], carry(slot, range(1), seat=6)[0]
    assert before is not None
    assert after is not None
    assert after.timestamp - before.timestamp == 960


def test_within_a_turn_the_speakers_own_timestamps_are_kept() -> None:
    voices = carry(stream(timestamp=2**32 - 1_000), range(3))
    times = [voice.timestamp for voice in voices if voice]
    assert [(later - earlier) % 2**32 for earlier, later in itertools.pairwise(times)] == [960, 960]


def test_a_lost_packet_is_a_gap_for_everyone() -> None:
    slot = stream()
    carry(slot, range(2))
    assert numbers(carry(slot, range(3, 4))) == [1_004]


def test_a_late_packet_takes_its_place() -> None:
    slot = stream()
    carry(slot, range(10, 12))
    slot.carry(packet(13, ssrc=5), 5, 1, 0.06)
    late = slot.carry(packet(12, ssrc=5), 5, 1, 0.07)
    following = slot.carry(packet(14, ssrc=5), 5, 1, 0.08)
    assert numbers([late, following]) == [1_003, 1_005]


def test_a_packet_from_before_the_switch_is_dropped_or_it_would_take_another_voices_number() -> None:
    slot = stream()
    carry(slot, range(10, 13))
    assert slot.carry(packet(9, ssrc=5), 5, 1, 0.1) is None


def test_a_jump_is_a_new_beginning() -> None:
    slot = stream()
    carry(slot, range(3))
    [voice] = carry(slot, range(MOST_AHEAD + 10, MOST_AHEAD + 11))
    assert voice is not None
    assert (voice.sequence, voice.marker) == (1_004, True)


def test_the_same_speakers_next_turn_leaves_no_gap_either() -> None:
    slot = stream()
    carry(slot, range(3))
    assert numbers(carry(slot, range(50, 52), turn=2, at=1.0)) == [1_004, 1_005]


def test_the_seat_is_the_contributing_source() -> None:
    [voice] = carry(stream(), range(1), seat=77)
    assert voice is not None
    assert (voice.seat, voice.ssrc) == (77, 99)


def test_a_clock_that_jumps_is_a_new_beginning_and_the_time_that_passed_counts() -> None:
    slot = stream(timestamp=50_000)
    before = slot.carry(packet(10, timestamp=0), 5, 1, 0.0)
    after = slot.carry(packet(11, timestamp=900_000_000), 5, 1, 0.02)
    assert before is not None
    assert after is not None
    assert (after.marker, after.timestamp - before.timestamp) == (True, 960)


def test_a_pause_in_which_the_clock_ran_on_is_none() -> None:
    slot = stream(timestamp=50_000)
    slot.carry(packet(10, timestamp=0), 5, 1, 0.0)
    after = slot.carry(packet(11, timestamp=60 * CLOCK_HZ), 5, 1, 60.0)
    assert after is not None
    assert not after.marker
