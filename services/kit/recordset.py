"""Many rows as one parameter, for `json_to_recordset($1)`.

An array a column would do, too, but asyncpg looks at each element of it several times: some microseconds.
"""

from collections.abc import Iterable, Sequence

import orjson


def recordset(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """JSON: an array of objects. Values may be ids, times, texts, numbers, and what JSON has."""
    # asyncpg's ids are a class of their own, which orjson does not know.
    return orjson.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=str).decode()
