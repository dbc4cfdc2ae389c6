"""What every published fact has in common."""

from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Fact(BaseModel):
    """Something that happened. Frozen once made; unknown fields are ignored so that old readers survive new writers."""

    model_config = ConfigDict(frozen=True, extra="ignore")


F = TypeVar("F", covariant=True)


class Envelope(BaseModel, Generic[F]):
    """A fact together with where, when and why it was recorded (CloudEvents names in parentheses)."""

    model_config = ConfigDict(frozen=True)

    id: UUID  # ce_id, UUIDv7
    source: str  # ce_source: "/rooms"
    stream: UUID  # ce_subject: the aggregate's id
    version: int | None  # ce_sequence, from 1 without gaps; None on measurements, which come from no event store
    at: datetime  # ce_time
    actor: UUID | None = None  # ce_actor: who did it; None when the system did
    correlation_id: UUID | None = None  # ce_correlationid: the first cause of the chain
    causation_id: UUID | None = None  # ce_causationid: the fact that led to this one
    traceparent: str | None = None  # W3C trace context
    fact: F

    @property
    def seq(self) -> int:
        """The version of a fact that has one; a measurement has none, and asking for it is a mistake of ours."""
        if self.version is None:
            raise ValueError(f"{self.id} is a measurement: it has no place in a stream")
        return self.version
