"""The `commands` table: the first outcome under an idempotency key is the outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from contracts.problems import Code
from services.kit.database import Connection, Database, Record
from services.kit.decisions import Refused

KEPT = timedelta(hours=24)
Named = tuple[str, str]  # (actor, key)


@dataclass(frozen=True)
class Request:
    """What a key stands for: who sent what where. The same key for anything else is refused."""

    actor: str
    key: str
    route: str  # "POST /v1/rooms/0190…/join"
    body_sha256: bytes

    @property
    def named(self) -> Named:
        return self.actor, self.key

    @classmethod
    def of(cls, actor: str, key: str, route: str, body: bytes) -> "Request":
        return cls(actor, key, route, sha256(body).digest())


@dataclass(frozen=True)
class Kept:
    """An outcome of before."""

    route: str
    body_sha256: bytes
    stream: UUID
    status: int
    outcome: dict[str, Any]

    def matches(self, request: Request) -> bool:
        return (self.route, self.body_sha256) == (request.route, request.body_sha256)

    @property
    def refusal(self) -> Refused | None:
        if "code" not in self.outcome:
            return None
        return Refused(Code.of(self.outcome["code"]), self.outcome["message"])

    @property
    def seq(self) -> int:
        return int(self.outcome["seq"])

    @property
    def result(self) -> dict[str, Any]:
        return dict(self.outcome["result"])


def of_success(request: Request, stream: UUID, seq: int, result: Mapping[str, Any]) -> Kept:
    return Kept(request.route, request.body_sha256, stream, 200, {"seq": seq, "result": result})


def of_refusal(request: Request, stream: UUID, refused: Refused) -> Kept:
    outcome = {"code": refused.code.code, "message": refused.message}
    return Kept(request.route, request.body_sha256, stream, refused.code.status, outcome)


async def find(db: "Connection[Record]", requests: Sequence[Request]) -> dict[Named, Kept]:
    """What was answered under these keys."""
    if not requests:
        return {}
    rows = await db.fetch(FIND, [each.actor for each in requests], [each.key for each in requests])
    return {(row["actor"], row["key"]): Kept(**{name: row[name] for name in COLUMNS}) for row in rows}


async def keep(db: "Connection[Record]", new: Sequence[tuple[Request, Kept]], at: datetime) -> None:
    """Remember outcomes, in the transaction that made them so."""
    rows = [
        (
            each.actor,
            each.key,
            each.route,
            each.body_sha256,
            kept.stream,
            kept.status,
            orjson.dumps(kept.outcome).decode(),
        )
        for each, kept in new
    ]
    await db.execute(INSERT, *zip(*rows, strict=True), at)


async def forget_old(database: Database, at: datetime) -> None:
    """Drop what is older than 24 h."""
    await database.execute(FORGET, at - KEPT)


COLUMNS = ("route", "body_sha256", "stream", "status", "outcome")
FIND = """
select actor, key, route, body_sha256, stream, status, outcome
from commands join unnest($1::text[], $2::text[]) asked(actor, key) using (actor, key)
"""
INSERT = """
insert into commands (actor, key, route, body_sha256, stream, status, outcome, at)
select actor, key, route, body, stream, status, outcome::jsonb, $8
from unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::uuid[], $6::smallint[], $7::text[])
    as new(actor, key, route, body, stream, status, outcome)
"""
FORGET = "delete from commands where at < $1"
