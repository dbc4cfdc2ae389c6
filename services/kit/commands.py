"""The `commands` table: the first outcome under an idempotency key is the outcome."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from contracts.problems import Code
from services.kit.database import Connection, Database, Record
from services.kit.decisions import Refused

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Request:
    """What a key stands for: who sent what where. The same key for anything else is refused."""

    actor: str
    key: str
    route: str  # "POST /v1/rooms/0190…/join"
    body_sha256: bytes

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


async def find(db: "Connection[Record]", request: Request) -> Kept | None:
    row = await db.fetchrow(FIND, request.actor, request.key)
    return Kept(**row) if row else None


async def keep(
    db: "Connection[Record]", request: Request, stream: UUID, seq: int, result: dict[str, Any], at: datetime
) -> None:
    """Remember success, in the transaction that made it so."""
    await _insert(db, request, stream, 200, {"seq": seq, "result": result}, at)


async def keep_refusal(
    db: "Connection[Record]", request: Request, stream: UUID, refused: Refused, at: datetime
) -> None:
    outcome = {"code": refused.code.code, "message": refused.message}
    await _insert(db, request, stream, refused.code.status, outcome, at)


async def forget_old(database: Database, at: datetime) -> None:
    """Drop what is older than 24 h."""
    await database.execute(FORGET, at - KEPT)


async def _insert(
    db: "Connection[Record]", request: Request, stream: UUID, status: int, outcome: dict[str, Any], at: datetime
) -> None:
    row = (request.actor, request.key, request.route, request.body_sha256, stream, status, outcome, at)
    await db.execute(INSERT, *row)


FIND = "select route, body_sha256, stream, status, outcome from commands where actor = $1 and key = $2"
INSERT = """
insert into commands (actor, key, route, body_sha256, stream, status, outcome, at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""
FORGET = "delete from commands where at < $1"
