"""Rows of the `events` table: appending them under a lock, and reading a stream back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

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
    await db.execute(
        INSERT,
        envelopes[0].stream,
        [envelope.version for envelope in envelopes],
        [envelope.id for envelope in envelopes],
        [envelope.fact.model_dump(mode="json")["type"] for envelope in envelopes],
        [envelope.fact.model_dump(mode="json") for envelope in envelopes],
        [_meta(envelope) for envelope in envelopes],
        envelopes[0].at,
    )


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
    envelopes = [_envelope(row, facts) for row in rows if row["type"] in known]
    return envelopes, rows[-1]["version"] if rows else after


async def heads(db: "Connection[Record]", streams: Sequence[UUID]) -> dict[UUID, int]:
    """The version of each stream by now; one in which nothing ever happened is left out."""
    return {row["stream"]: row["version"] for row in await db.fetch(HEADS, streams) if row["version"]}


def _envelope(row: Record, facts: TypeAdapter[F]) -> Envelope[F]:
    return Envelope[F](
        id=row["id"],
        stream=row["stream"],
        version=row["version"],
        at=row["at"],
        fact=facts.validate_python(row["data"]),
        **row["meta"],
    )


def _meta(envelope: Envelope[Fact]) -> dict[str, str]:
    fields = {"source", "actor", "correlation_id", "causation_id", "traceparent"}
    return envelope.model_dump(mode="json", include=fields, exclude_none=True)


INSERT = """
insert into events (stream, version, id, type, data, meta, at)
select $1, v, i, t, d, m, $7
from unnest($2::bigint[], $3::uuid[], $4::text[], $5::jsonb[], $6::jsonb[]) u(v, i, t, d, m)
order by v
"""
READ = """
select id, stream, version, type, data, meta, at from events
where stream = $1 and version > $2 and ($4::text[] is null or type = any($4)) order by version limit $3
"""
HEADS = """
select s.stream, (select max(e.version) from events e where e.stream = s.stream) as version
from unnest($1::uuid[]) s(stream)
"""
