"""Rows travel as JSON: whatever a column of ours may hold."""

from datetime import UTC, datetime
from uuid import UUID

from asyncpg.pgproto.pgproto import UUID as AsRead

from services.kit.recordset import recordset

TEXT = "0198c0de-0000-7000-8000-000000000001"


def test_ids_may_come_from_a_fact_or_from_the_database() -> None:
    assert recordset(("id", "of"), [(UUID(TEXT), AsRead(TEXT))]) == f'[{{"id":"{TEXT}","of":"{TEXT}"}}]'


def test_times_keep_their_microseconds_and_their_zone() -> None:
    at = datetime(2026, 1, 1, 12, 0, 0, 123456, UTC)
    assert recordset(("at",), [(at,)]) == '[{"at":"2026-01-01T12:00:00.123456+00:00"}]'


def test_what_is_missing_is_null_and_documents_stay_documents() -> None:
    assert recordset(("host", "policy"), [(None, {"speak": "hand"})]) == '[{"host":null,"policy":{"speak":"hand"}}]'
