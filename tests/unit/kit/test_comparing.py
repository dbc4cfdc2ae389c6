"""Rows that stand in a table, and rows that should."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

from services.kit.comparing import compared, texts
from services.kit.recipe import Table

CARDS = Table("cards", "id", ("id", "panel", "at"))
A, B = uuid4(), uuid4()
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_the_order_of_keys_and_the_time_zone_are_no_difference() -> None:
    stored = texts(CARDS, [(A, [{"x": 1, "y": 2}], NOON)])
    right = texts(CARDS, [(A, [{"y": 2, "x": 1}], NOON.astimezone(timezone(timedelta(hours=5))))])
    assert compared(CARDS, [A], stored, right) == []


def test_a_row_too_many_one_too_few_and_one_that_is_other() -> None:
    stored = texts(CARDS, [(A, [], NOON)])
    right = texts(CARDS, [(A, [1], NOON), (B, [], NOON)])
    too_many, too_few, other = (
        compared(CARDS, [A], stored, {}),
        compared(CARDS, [B], {}, right),
        compared(CARDS, [A], stored, right),
    )
    assert [(len(each.stored), len(each.right)) for each in (*too_many, *too_few, *other)] == [(1, 0), (0, 1), (1, 1)]


def test_a_difference_reads_as_a_sentence() -> None:
    (found,) = compared(CARDS, [A], texts(CARDS, [(A, [], NOON)]), {})
    assert str(found) == f'{A} cards: stored {{"at":"2026-01-01T12:00:00+00:00","panel":[]}}, right is nothing'
