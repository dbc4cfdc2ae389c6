from uuid import UUID, uuid4

from aiokafka import ConsumerRecord

from services.kit.offsets import Records
from services.media.recent import KEPT_SECONDS, Recent

ROOM = UUID(int=1)


def batch(*versions: int | None) -> Records:
    return [
        ConsumerRecord(
            *("room.events.v1", 0, 0, 0, 0, None, b"{}", 0, 0, 2),
            headers=() if version is None else (("ce_sequence", str(version).encode()),),
        )
        for version in versions
    ]


def test_whoever_knows_the_room_up_to_a_seq_gets_what_came_after_it() -> None:
    recent = Recent()
    old, known, new = batch(1, 2), batch(3), batch(4, 5)
    for records in (old, known, new):
        recent.add(ROOM, records, 0.0)
    assert recent.after(ROOM, 3) == new
    assert recent.after(ROOM, 0) == [*old, *known, *new]
    assert recent.after(ROOM, 5) == []
    assert recent.after(uuid4(), 0) == []


def test_a_record_without_a_number_hides_nothing() -> None:
    recent = Recent()
    recent.add(ROOM, new := batch(4), 0.0)
    recent.add(ROOM, unnumbered := batch(None), 0.0)
    assert recent.after(ROOM, 3) == [*new, *unnumbered]


def test_an_old_fact_that_was_sent_again_hides_nothing() -> None:
    recent = Recent()
    recent.add(ROOM, [*(new := batch(4, 5)), *batch(1)], 0.0)
    recent.add(ROOM, batch(2), 0.0)
    assert recent.after(ROOM, 3) == new


def test_what_is_older_than_a_while_is_forgotten() -> None:
    recent = Recent()
    recent.add(ROOM, batch(1), 0.0)
    recent.add(ROOM, newer := batch(2), KEPT_SECONDS + 1)
    assert recent.after(ROOM, 0) == newer
