"""CloudEvents 1.0: binary content mode over Kafka (headers and value), structured JSON for clients.

Source: CloudEvents Kafka protocol binding 1.0.2, section 3.2; extension `sequence`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from contracts.base import Envelope, Fact
from contracts.clubs import CLUB_FACTS
from contracts.media import MEDIA_FACTS
from contracts.rooms import ROOM_FACTS
from contracts.signal import SIGNAL_FACTS
from contracts.users import USER_FACTS

Headers = Sequence[tuple[str, bytes]]
F = TypeVar("F")


class Poison(Exception):
    """A record that is no event of ours; the message is the reason, kept in `dead_letters`."""


class UnknownType(Exception):
    """A well-formed event of a type that this reader does not know yet: no bad record, it is passed over."""

    def __init__(self, stream: UUID, version: int | None, type_: str) -> None:
        super().__init__(f"unknown type {type_}")
        self.stream, self.version, self.type = stream, version, type_


def known_types(facts: TypeAdapter[Any]) -> frozenset[str]:
    """The `type` of every fact in a union."""
    return _TYPES[id(facts)]


def headers_of(envelope: Envelope[Fact], type_: str) -> list[tuple[str, bytes]]:
    """The Kafka headers of an event; the value is the fact's own JSON."""
    text: dict[str, object | None] = {
        "ce_specversion": "1.0",
        "ce_id": envelope.id,
        "ce_type": type_,
        "ce_source": envelope.source,
        "ce_time": envelope.at.isoformat(),
        "ce_subject": envelope.stream,
        "ce_sequence": envelope.version,
        "ce_correlationid": envelope.correlation_id,
        "ce_causationid": envelope.causation_id,
        "ce_actor": envelope.actor,
        "traceparent": envelope.traceparent,
        "content-type": "application/json",
    }
    return [(name, str(value).encode()) for name, value in text.items() if value is not None]


def envelope_of(headers: Headers, value: bytes | None, facts: TypeAdapter[F]) -> Envelope[F]:
    """Read an event back.

    Raises `Poison` when it is no event of ours, `UnknownType` when only its type is unknown, and nothing else.
    """
    if value is None:
        raise Poison("tombstone")
    try:
        text = {name: raw.decode() for name, raw in headers}
        stream, version, type_ = text["ce_subject"], _version(text.get("ce_sequence")), text["ce_type"]
        if type_ not in known_types(facts):
            raise UnknownType(UUID(stream), version, type_)
        fact = facts.validate_json(value)
        if getattr(fact, "type", None) != type_:
            raise Poison(f"header says {type_}, value says {getattr(fact, 'type', None)}")
        return Envelope(  # ids as text: the model reads them several times as fast as `UUID` does
            id=text["ce_id"],
            source=text["ce_source"],
            stream=stream,
            version=version,
            at=datetime.fromisoformat(text["ce_time"]),
            actor=text.get("ce_actor") or None,
            correlation_id=text.get("ce_correlationid") or None,
            causation_id=text.get("ce_causationid") or None,
            traceparent=text.get("traceparent"),
            fact=fact,
        )
    except KeyError as missing:
        raise Poison(f"missing header {missing.args[0]}") from missing
    except (UnicodeDecodeError, ValidationError, ValueError, RecursionError) as error:
        raise Poison(f"unreadable: {type(error).__name__}: {error}") from error


def claimed_version(headers: Headers) -> int | None:
    """The version that a record gives itself, also of one that cannot be read otherwise."""
    claims = [raw for name, raw in headers if name == "ce_sequence"]
    try:
        return _version(claims[0].decode()) if claims else None
    except (ValueError, Poison):
        return None


def to_json(envelope: Envelope[Fact]) -> dict[str, Any]:
    """The structured JSON form that clients get, on the socket and in the event feed."""
    fact = envelope.fact.model_dump(mode="json")
    event = {
        "specversion": "1.0",
        "id": str(envelope.id),
        "type": fact.pop("type"),
        "source": envelope.source,
        "time": envelope.at.isoformat(),
        "subject": str(envelope.stream),
        "sequence": envelope.version,
        "actor": str(envelope.actor) if envelope.actor else None,
        "data": fact,
    }
    return {name: value for name, value in event.items() if value is not None}


def from_json(event: Mapping[str, Any], facts: TypeAdapter[F]) -> Envelope[F]:
    """The reverse of `to_json`. Raises `UnknownType` or `Poison`, as `envelope_of` does."""
    try:
        stream, version = UUID(event["subject"]), event.get("sequence")
        if event["type"] not in known_types(facts):
            raise UnknownType(stream, version, event["type"])
        return Envelope(
            id=UUID(event["id"]),
            source=event["source"],
            stream=stream,
            version=version,
            at=datetime.fromisoformat(event["time"]),
            actor=_uuid(event.get("actor")),
            fact=facts.validate_python({**event["data"], "type": event["type"]}),
        )
    except (KeyError, ValidationError, ValueError) as error:
        raise Poison(f"unreadable: {type(error).__name__}: {error}") from error


def _version(text: str | None) -> int | None:
    if text is None:
        return None
    version = int(text)
    if not 0 < version < 2**63:
        raise Poison(f"version out of range: {text[:40]}")
    return version


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _types_in(facts: TypeAdapter[Any]) -> frozenset[str]:
    return frozenset(facts.json_schema()["discriminator"]["mapping"])


UNIONS: tuple[TypeAdapter[Any], ...] = (ROOM_FACTS, USER_FACTS, CLUB_FACTS, SIGNAL_FACTS, MEDIA_FACTS)
_TYPES = {id(facts): _types_in(facts) for facts in UNIONS}
