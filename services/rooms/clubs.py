"""What decisions need of clubs: a small read model of `club.events.v1`, and waiting for a club just founded."""

import asyncio
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never
from uuid import UUID

from contracts.base import Envelope
from contracts.clubs import (
    CLUB_FACTS,
    ClubAdminAdded,
    ClubAdminRemoved,
    ClubAdmissionChanged,
    ClubBanLifted,
    ClubDescribed,
    ClubFact,
    ClubFollowed,
    ClubFounded,
    ClubHandedOver,
    ClubInvitationDeclined,
    ClubInvitationWithdrawn,
    ClubInvited,
    ClubMemberBanned,
    ClubMemberJoined,
    ClubMemberLeft,
    ClubMemberRemoved,
    ClubRenamed,
    ClubRequestDeclined,
    ClubRequested,
    ClubRequestWithdrawn,
    ClubTopicChanged,
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
    """`came` and `went`: what a batch changes about the members."""

    club: Club
    seq: int
    came: frozenset[UUID] = frozenset()
    went: frozenset[UUID] = frozenset()


def fold(state: ClubState | None, envelope: Envelope[ClubFact]) -> ClubState:
    """The club after one more fact. Raises ValueError when the first one does not found it."""
    fact, seq = envelope.fact, envelope.seq
    if isinstance(fact, ClubFounded):
        return ClubState(Club(fact.club_id, fact.topic_id, fact.founder_id), seq)
    if state is None:
        raise ValueError(f"{fact.type} before the club was founded")
    club, state = state.club, replace(state, seq=seq)
    match fact:
        case ClubTopicChanged(topic_id=topic):
            return replace(state, club=replace(club, topic_id=topic))
        case ClubAdminAdded(user_id=user):
            return replace(state, club=replace(club, admins=club.admins | {user}))
        case ClubAdminRemoved(user_id=user):
            return replace(state, club=replace(club, admins=club.admins - {user}))
        case ClubHandedOver(from_id=former, to_id=to):
            return replace(state, club=replace(club, founder_id=to, admins=club.admins - {to} | {former}))
        case ClubMemberJoined(user_id=user):
            return replace(state, came=state.came | {user}, went=state.went - {user})
        case ClubMemberLeft(user_id=user) | ClubMemberRemoved(user_id=user) | ClubMemberBanned(user_id=user):
            less = replace(club, admins=club.admins - {user})
            return replace(state, club=less, came=state.came - {user}, went=state.went | {user})
        case (
            ClubRenamed()
            | ClubDescribed()
            | ClubAdmissionChanged()
            | ClubFollowed()
            | ClubUnfollowed()
            | ClubRequested()
            | ClubRequestWithdrawn()
            | ClubRequestDeclined()
            | ClubInvited()
            | ClubInvitationWithdrawn()
            | ClubInvitationDeclined()
            | ClubBanLifted()
        ):
            return state
        case _:
            assert_never(fact)


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
        came = [(club_id, user) for club_id, each in states.items() for user in each.came]
        went = [(club_id, user) for club_id, each in states.items() for user in each.went]
        if came:
            await db.execute(CAME, *zip(*came, strict=True))
        if went:
            await db.execute(WENT, *zip(*went, strict=True))


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


async def find(db: "Connection[Record]", club_id: UUID) -> Club | None:
    row = await db.fetchrow(LOAD, [club_id])
    return _state(row).club if row else None


async def members(db: "Connection[Record]", club: Club, people: Collection[UUID]) -> frozenset[UUID]:
    """Those of them who belong to the club."""
    rows = await db.fetch(MEMBERS, club.club_id, people)
    return frozenset(row["user_id"] for row in rows) | {user for user in people if club.hosts(user)}


def _state(row: Record) -> ClubState:
    club = Club(row["club_id"], row["topic_id"], row["founder_id"], frozenset(row["admins"]))
    return ClubState(club, row["seq"])


LOAD = "select club_id, topic_id, founder_id, admins, seq from clubs where club_id = any($1)"
SAVE = """
insert into clubs (club_id, topic_id, founder_id, admins, seq) values ($1, $2, $3, $4, $5)
on conflict (club_id) do update set topic_id = excluded.topic_id, founder_id = excluded.founder_id,
    admins = excluded.admins, seq = excluded.seq
"""
CAME = """
insert into club_members (club_id, user_id) select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing
"""
WENT = """
delete from club_members m using unnest($1::uuid[], $2::uuid[]) went(club_id, user_id)
where m.club_id = went.club_id and m.user_id = went.user_id
"""
MEMBERS = "select user_id from club_members where club_id = $1 and user_id = any($2)"
