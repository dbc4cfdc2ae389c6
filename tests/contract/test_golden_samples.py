"""Every fact ever published still parses, and what is written today is what readers of then can read.

One file a type and version, as it was first published; files are added, never changed.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from contracts.cloudevents import known_types
from contracts.clubs import CLUB_FACTS
from contracts.media import MEDIA_FACTS
from contracts.rooms import ROOM_FACTS
from contracts.signal import SIGNAL_FACTS
from contracts.users import USER_FACTS

UNIONS: list[TypeAdapter[Any]] = [ROOM_FACTS, USER_FACTS, CLUB_FACTS, SIGNAL_FACTS, MEDIA_FACTS]
SAMPLES = sorted(Path(__file__).with_name("samples").glob("*.json"))


def same(written: Any, sample: Any) -> Any:
    """What is written of the sample's own fields; inside a field, too, only optional ones are added."""
    if not isinstance(sample, dict):
        return written
    return {name: same(written[name], value) for name, value in sample.items()}


def reader_of(type_: str) -> TypeAdapter[Any]:
    return next(union for union in UNIONS if type_ in known_types(union))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_published_fact_still_parses_and_loses_nothing(path: Path) -> None:
    sample = json.loads(path.read_text())
    fact = reader_of(path.stem).validate_python(sample)
    assert same(fact.model_dump(mode="json"), sample) == sample


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_field_added_later_is_optional(path: Path) -> None:
    """A sample holds all fields of its day: whatever is required now and not in it would break old records."""
    sample = json.loads(path.read_text())
    fact_class = type(reader_of(path.stem).validate_python(sample))
    required = {name for name, field in fact_class.model_fields.items() if field.is_required()}
    assert required <= set(sample)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_reader_of_today_ignores_what_a_later_version_adds(path: Path) -> None:
    sample = json.loads(path.read_text())
    assert reader_of(path.stem).validate_python({**sample, "added_later": 1}) == reader_of(path.stem).validate_python(
        sample
    )


def test_every_type_has_a_sample() -> None:
    published = {path.stem for path in SAMPLES}
    assert published == set().union(*(known_types(union) for union in UNIONS))
