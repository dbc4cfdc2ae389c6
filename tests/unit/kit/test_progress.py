"""How far, how fast, how long yet."""

from services.kit.progress import Progress, spoken


def test_a_line_a_second_with_rate_and_time_left() -> None:
    told: list[str] = []
    now = 0.0
    progress = Progress("folding", 1_000_000, told.append, lambda: now)
    for _ in range(8):
        now += 0.25
        progress.add(2_000)
    assert told == [
        "folding: 8,000 of 1,000,000 events, 8,000/s, 2 min 4 s left",
        "folding: 16,000 of 1,000,000 events, 8,000/s, 2 min 3 s left",
    ]


def test_the_last_line_has_nothing_left() -> None:
    progress = Progress("folding", 0, print)
    assert progress.line().startswith("folding: 0 of 0 events")
    assert spoken(59.6) == "1 min 0 s"
