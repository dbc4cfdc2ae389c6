"""Rows of the `events` table: appending them under a lock, and reading a stream back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import orjson
from pydantic import TypeAdapter

from contracts.base import Envelope, Fact
from contracts.cloudevents import known_types
from services.kit.database import Connection, Record

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Cause:
    """Who and what made something happen."""

    actor: UUID | None = None
    correlation_id: UUID | None = None
    causation_id: UUID | None = None
    traceparent: str | None = None


async def append(db: "Connection[Record]", envelopes: Sequence[Envelope[Fact]]) -> None:
    """Insert facts of one stream in one statement. The caller holds the stream's lock."""
    rows = (
        (
            each.version,
            each.id,
            type(each.fact).model_fields["type"].default,
            each.fact.model_dump_json(),
            _meta(each),
            each.at,
        )
        for each in envelopes
    )
    await db.execute(INSERT, envelopes[0].stream, *zip(*rows, strict=True))


async def read(
    db: "Connection[Record]",
    facts: TypeAdapter[F],
    stream: UUID,
    after: int,
    limit: int | None = None,
    types: Collection[str] | None = None,
) -> tuple[list[Envelope[F]], int]:
    """The facts of a stream above `after`, and the last version read: a fact of a type not known yet only counts.

    With `types`, those alone.
    """
    rows = await db.fetch(READ, stream, after, limit, types)
    known = known_types(facts)
    envelopes = [envelope_of_row(row, facts) for row in rows if row["type"] in known]
    return envelopes, rows[-1]["version"] if rows else after


async def heads(db: "Connection[Record]", streams: Sequence[UUID]) -> dict[UUID, int]:
    """The version of each stream by now; one in which nothing ever happened is left out."""
    return {row["stream"]: row["version"] for row in await db.fetch(HEADS, streams) if row["version"]}


def envelope_of_row(row: Record, facts: TypeAdapter[F]) -> Envelope[F]:
    """A fact as it stands in the table."""
    return Envelope[F](
        id=row["id"],
        stream=row["stream"],
        version=row["version"],
        at=row["at"],
        fact=facts.validate_python(row["data"]),
        **row["meta"],
    )


def _meta(envelope: Envelope[Fact]) -> str:
    names = ("source", "actor", "correlation_id", "causation_id", "traceparent")
    said = {name: value for name in names if (value := getattr(envelope, name)) is not None}
    return orjson.dumps(said).decode()


INSERT = """
insert into events (stream, version, id, type, data, meta, at)
select $1, version, id, type, data::jsonb, meta::jsonb, at
from unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
    as new(version, id, type, data, meta, at)
order by version
"""
READ = """
select id, stream, version, type, data, meta, at from events
where stream = $1 and version > $2 and ($4::text[] is null or type = any($4)) order by version limit $3
"""
HEADS = """
select s.stream, (select max(e.version) from events e where e.stream = s.stream) as version
from unnest($1::uuid[]) s(stream)
"""
