from services.media.engine.slots import AUDIBLE_DBOV, HOLD_SECONDS, Slots, Speaker

LOUD, NORMAL, SOFT, SILENCE = 20, 40, 60, 127


def talk(slots: Slots, speaker: Speaker, level: int, start: float, seconds: float = 0.4) -> int | None:
    """Fifty packets a second; the slot after the last one."""
    slot = None
    for packet in range(round(seconds * 50)):
        slot = slots.hear(speaker, level, start + packet / 50)
    return slot


def three_talking(level: int = NORMAL) -> tuple[Slots, list[Speaker]]:
    slots, speakers = Slots(), [Speaker(seat) for seat in (1, 2, 3)]
    for speaker in speakers:
        talk(slots, speaker, level, start=0.0)
    return slots, speakers


def keep_talking(slots: Slots, speakers: list[Speaker], level: int, start: float, seconds: float = 2.0) -> None:
    for packet in range(round(seconds * 50)):
        for speaker in speakers:
            slots.hear(speaker, level, start + packet / 50)


def test_the_first_packet_of_a_voice_is_heard_when_a_slot_is_free() -> None:
    assert Slots().hear(Speaker(1), NORMAL, 0.0) == 0


def test_the_lowest_free_slot_is_filled_first() -> None:
    slots, speakers = three_talking()
    assert [speaker.slot for speaker in speakers] == [0, 1, 2]
    slots.release(speakers[0], 1.0)
    slots.release(speakers[2], 1.0)
    assert slots.hear(Speaker(4), NORMAL, 1.1) == 0


def test_silence_takes_no_slot() -> None:
    assert Slots().hear(Speaker(1), AUDIBLE_DBOV + 1, 0.0) is None


def test_a_client_without_levels_is_heard() -> None:
    assert Slots().hear(Speaker(1), None, 0.0) == 0


def test_a_fourth_voice_as_loud_as_the_others_waits() -> None:
    slots, speakers = three_talking()
    keep_talking(slots, speakers, NORMAL, 0.4, 4.0)
    assert talk(slots, Speaker(4), NORMAL, start=4.4) is None


def test_a_voice_ten_decibels_louder_takes_the_quietest_slot() -> None:
    slots, speakers = three_talking()
    keep_talking(slots, speakers[:2], NORMAL, 0.4, 2.5)
    keep_talking(slots, speakers[2:], SOFT, 0.4, 2.5)
    loud = Speaker(4)
    assert talk(slots, loud, NORMAL, start=2.9, seconds=1.0) == 2
    assert speakers[2].slot is None


def test_nine_decibels_are_not_enough() -> None:
    slots, speakers = three_talking()
    keep_talking(slots, speakers, NORMAL, 0.4, 2.5)
    assert talk(slots, Speaker(4), NORMAL - 9, start=2.9, seconds=2.0) is None


def test_one_loud_click_takes_nobodys_slot() -> None:
    slots, speakers = three_talking()
    keep_talking(slots, speakers, NORMAL, 0.4, 2.5)
    assert slots.hear(Speaker(4), 5, 2.9) is None


def test_a_slot_just_taken_is_kept_for_two_seconds() -> None:
    slots, _ = three_talking()
    loud = Speaker(4)
    assert talk(slots, loud, LOUD, start=0.5, seconds=1.0) is None
    assert talk(slots, loud, LOUD, start=HOLD_SECONDS + 0.1, seconds=0.2) is not None


def test_a_pause_of_less_than_two_seconds_costs_no_slot() -> None:
    slots, speakers = three_talking()
    keep_talking(slots, speakers, NORMAL, 0.4, 3.0)
    assert talk(slots, Speaker(4), NORMAL, start=5.0, seconds=0.3) is None


def test_whoever_is_silent_for_longer_makes_room_for_someone_talking() -> None:
    slots, speakers = three_talking()
    keep_talking(slots, speakers[1:], NORMAL, 0.4, 3.0)
    assert slots.hear(Speaker(4), SOFT, 3.4) == 0
    assert speakers[0].slot is None


def test_someone_silent_keeps_the_slot_while_nobody_needs_it() -> None:
    slots, speaker = Slots(), Speaker(1)
    slots.hear(speaker, NORMAL, 0.0)
    assert slots.hear(speaker, SILENCE, 60.0) == 0


def test_a_freed_slot_goes_to_the_loudest_of_those_waiting() -> None:
    slots, speakers = three_talking()
    soft, normal = Speaker(4), Speaker(5)
    for at in (0.40, 0.42, 0.44):
        slots.hear(normal, NORMAL, at)
        slots.hear(soft, SOFT, at)
    slots.release(speakers[1], 0.45)
    assert (normal.slot, soft.slot) == (1, None)


def test_whoever_stopped_talking_does_not_wait() -> None:
    slots, speakers = three_talking()
    former = Speaker(4)
    slots.hear(former, LOUD, 0.4)
    keep_talking(slots, speakers, NORMAL, 0.4, 1.0)
    slots.release(speakers[1], 1.5)
    assert former.slot is None
