"""What decisions need of clubs: a small read model of `club.events.v1`, and waiting for a club just founded."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never
from uuid import UUID

from contracts.base import Envelope
from contracts.clubs import (
    CLUB_FACTS,
    ClubAdminAdded,
    ClubAdminRemoved,
    ClubFact,
    ClubFollowed,
    ClubFounded,
    ClubRenamed,
    ClubUnfollowed,
)
from contracts.problems import Code
from services.kit.database import Connection, Database, Record
from services.kit.decisions import Refused
from services.rooms.domain.commands import Club

Batch = Mapping[UUID, Sequence[Envelope[ClubFact]]]
WAIT_SECONDS = 2.0
POLL_SECONDS = 0.05
UNKNOWN = Refused(Code.CLUB_UNKNOWN, "This club is not known here. If it was just founded, try again.", 1)


@dataclass(frozen=True)
class ClubState:
    club: Club
    seq: int


def fold(state: ClubState | None, envelope: Envelope[ClubFact]) -> ClubState:
    """The club after one more fact. Raises ValueError when the first one does not found it."""
    fact, seq = envelope.fact, envelope.seq
    if isinstance(fact, ClubFounded):
        return ClubState(Club(fact.club_id, fact.topic_id, fact.founder_id), seq)
    if state is None:
        raise ValueError(f"{fact.type} before the club was founded")
    club = state.club
    match fact:
        case ClubAdminAdded(user_id=user):
            club = replace(club, admins=club.admins | {user})
        case ClubAdminRemoved(user_id=user):
            club = replace(club, admins=club.admins - {user})
        case ClubRenamed() | ClubFollowed() | ClubUnfollowed():
            pass
        case _:
            assert_never(fact)
    return ClubState(club, seq)


class ClubModel:
    """The read model, for kit's projection."""

    name = "rooms-clubs"
    facts = CLUB_FACTS

    async def load(self, db: "Connection[Record]", batch: Batch) -> dict[UUID, ClubState]:
        return {row["club_id"]: _state(row) for row in await db.fetch(LOAD, list(batch))}

    def fold(self, state: ClubState | None, envelope: Envelope[ClubFact]) -> ClubState:
        return fold(state, envelope)

    def version(self, state: ClubState) -> int:
        return state.seq

    def skip(self, state: ClubState | None, stream: UUID, version: int) -> ClubState | None:
        if state is None:
            raise ValueError("a fact of an unknown type before the club was founded")
        return replace(state, seq=version)

    async def save(self, db: "Connection[Record]", states: Mapping[UUID, ClubState]) -> None:
        rows = [
            (each.club.club_id, each.club.topic_id, each.club.founder_id, sorted(each.club.admins), each.seq)
            for each in states.values()
        ]
        await db.executemany(SAVE, rows)


async def known(database: Database, club_id: UUID) -> Club | Refused:
    """The club. One not seen yet is waited for up to 2 s: its fact may be on its way."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        row = await database.fetchrow(LOAD, [club_id])
        if row:
            return _state(row).club
        if time.monotonic() > deadline:
            return UNKNOWN
        await asyncio.sleep(POLL_SECONDS)


def _state(row: Record) -> ClubState:
    club = Club(row["club_id"], row["topic_id"], row["founder_id"], frozenset(row["admins"]))
    return ClubState(club, row["seq"])


LOAD = "select club_id, topic_id, founder_id, admins, seq from clubs where club_id = any($1)"
SAVE = """
insert into clubs (club_id, topic_id, founder_id, admins, seq) values ($1, $2, $3, $4, $5)
on conflict (club_id) do update set topic_id = excluded.topic_id, founder_id = excluded.founder_id,
    admins = excluded.admins, seq = excluded.seq
"""
