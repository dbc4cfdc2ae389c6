"""What stands in a read model's tables, and what should. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

import orjson

from services.kit.recipe import Row, Table

Texts = Mapping[UUID, frozenset[str]]  # rows as canonical JSON, by stream
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Difference:
    """Of one stream: rows that stand in a table and should not, and the other way round; or why it is parked."""

    stream: UUID
    where: str  # the table, or "parked"
    stored: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    reason: str = ""

    def __str__(self) -> str:
        if self.reason:
            return f"{self.stream} {self.where}: {self.reason}"
        return f"{self.stream} {self.where}: stored {_listed(self.stored)}, right is {_listed(self.right)}"


def compared(table: Table, streams: Iterable[UUID], stored: Texts, right: Texts) -> list[Difference]:
    found = []
    for stream in streams:
        there, wanted = stored.get(stream, NONE), right.get(stream, NONE)
        if there != wanted:
            found.append(Difference(stream, table.name, sorted(there - wanted), sorted(wanted - there)))
    return found


def texts(table: Table, rows: Iterable[Row]) -> Texts:
    """Rows by their stream, each as one text, whatever the order of keys in its JSON."""
    whose = table.columns.index(table.stream)
    by_stream: dict[UUID, set[str]] = defaultdict(set)
    for row in rows:
        stream = row[whose]
        assert isinstance(stream, UUID)
        by_stream[stream].add(_text(table, row))
    return {stream: frozenset(each) for stream, each in by_stream.items()}


def _text(table: Table, row: Row) -> str:
    columns = {name: _plain(value) for name, value in zip(table.columns, row, strict=True) if name != table.stream}
    return orjson.dumps(columns, option=orjson.OPT_SORT_KEYS).decode()


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def _listed(rows: list[str]) -> str:
    return "; ".join(rows) or "nothing"
