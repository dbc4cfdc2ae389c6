"""The hallway's read model, for the kit's projection: loads what a batch needs, writes what it changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import orjson

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_snapshot import RoomState
from contracts.rooms import ROOM_FACTS, Policy, RoomFact
from services.directory.projections import fold
from services.directory.projections.card import PANEL_SHOWN, Card, Seat
from services.kit.database import Connection, Record
from services.kit.recordset import recordset

Batch = Mapping[UUID, Sequence[Envelope[RoomFact]]]
Seats = dict[UUID, dict[UUID, Seat]]


class HallwayModel:
    name = "hallway"
    facts = ROOM_FACTS

    async def load(self, db: "Connection[Record]", batch: Batch) -> dict[UUID, Card]:
        """The cards of these rooms, with their stages, the people that the batch names, and the invited."""
        rooms = await db.fetch(CARDS, list(batch))
        seats, invited = await _seats(db, batch), await _invited(db, batch)
        return {row["id"]: _card(row, seats[row["id"]], frozenset(invited[row["id"]])) for row in rooms}

    def fold(self, state: Card | None, envelope: Envelope[RoomFact]) -> Card:
        return fold.fold(state, envelope)

    def version(self, state: Card) -> int:
        return state.seq

    def skip(self, state: Card | None, stream: UUID, version: int) -> Card:
        return replace(state or Card(stream), seq=version)

    async def save(self, db: "Connection[Record]", states: Mapping[UUID, Card]) -> None:
        cards = list(states.values())
        gone = [(each.id, user) for each in cards for user in each.gone]
        if gone:
            await db.execute(REMOVE, recordset(SOMEONE, gone))
        changed = [participant_row(each.id, user, seat) for each in cards for user, seat in each.changed.items()]
        if changed:
            await db.execute(SEAT, recordset(PARTICIPANT, changed))
        await _save_invited(db, cards)
        ended = [each.id for each in cards if each.state is RoomState.ENDED]
        if ended:
            await db.execute(EMPTY, ended)
        await db.execute(SAVE, recordset(CARD, map(row_of, cards)))


async def _seats(db: "Connection[Record]", batch: Batch) -> Seats:
    named = {(room, user) for room, facts in batch.items() for each in facts for user in fold.people_in(each.fact)}
    seats: Seats = defaultdict(dict)
    for row in await db.fetch(SEATS, list(batch), recordset(SOMEONE, named)):
        seats[row["room_id"]][row["user_id"]] = Seat(Role(row["role"]), row["seat"], row["muted"], row["guest"])
    return seats


async def _invited(db: "Connection[Record]", batch: Batch) -> dict[UUID, set[UUID]]:
    invited: dict[UUID, set[UUID]] = defaultdict(set)
    for row in await db.fetch(INVITED, list(batch)):
        invited[row["room_id"]].add(row["user_id"])
    return invited


async def _save_invited(db: "Connection[Record]", cards: Sequence[Card]) -> None:
    past = [(each.id, user) for each in cards for user in each.invited_before - each.invited]
    if past:
        await db.execute(UNINVITE, recordset(SOMEONE, past))
    new = [(each.id, user) for each in cards for user in each.invited - each.invited_before]
    if new:
        await db.execute(INVITE, recordset(SOMEONE, new))


def _card(row: Record, seats: Mapping[UUID, Seat], invited: frozenset[UUID]) -> Card:
    columns = {**row, "policy": Policy.model_validate(row["policy"]), "state": RoomState(row["state"])}
    return Card(**columns, seats=seats, before=seats, invited=invited, invited_before=invited)


def participant_row(room_id: UUID, user_id: UUID, seat: Seat) -> tuple[object, ...]:
    return room_id, user_id, seat.role.value, seat.seat, seat.muted, seat.guest


def row_of(each: Card) -> tuple[object, ...]:
    stage = each.stage
    panel = [{"user_id": str(user), "role": seat.role.value} for user, seat in stage[:PANEL_SHOWN]]
    return (
        each.id,
        each.name,
        each.club_id,
        each.topic_id,
        each.state.value,
        each.policy.model_dump(mode="json"),
        orjson.dumps(panel).decode(),
        len(stage),
        each.participant_count,
        each.started_at,
        each.listed_at,
        each.seq,
        each.awaited_host_id,
        each.ended_at,
    )


SOMEONE = ("room_id", "user_id")
PARTICIPANT = ("room_id", "user_id", "role", "seat", "muted", "guest")
CARD = (
    *("id", "name", "club_id", "topic_id", "state", "policy", "panel", "panel_count", "participant_count"),
    *("started_at", "listed_at", "seq", "awaited_host_id", "ended_at"),
)
CARDS = """
select id, name, club_id, topic_id, policy, state, listed_at, started_at, participant_count, seq,
       awaited_host_id, ended_at
from room_card where id = any($1)
"""
SEATS = """
select room_id, user_id, role, seat, muted, guest from participants where room_id = any($1) and role <> 'AUDIENCE'
union all
select room_id, user_id, p.role, p.seat, p.muted, p.guest
from participants p join json_to_recordset($2) as named(room_id uuid, user_id uuid) using (room_id, user_id)
where p.role = 'AUDIENCE'
"""
REMOVE = """
delete from participants p using json_to_recordset($1) as gone(room_id uuid, user_id uuid)
where p.room_id = gone.room_id and p.user_id = gone.user_id
"""
SEAT = """
insert into participants (room_id, user_id, role, seat, muted, guest)
select * from json_to_recordset($1)
    as seated(room_id uuid, user_id uuid, role text, seat bigint, muted boolean, guest boolean)
on conflict (room_id, user_id) do update
set role = excluded.role, seat = excluded.seat, muted = excluded.muted, guest = excluded.guest
"""
EMPTY = "delete from participants where room_id = any($1)"
INVITED = "select room_id, user_id from invited where room_id = any($1)"
UNINVITE = """
delete from invited i using json_to_recordset($1) as past(room_id uuid, user_id uuid)
where i.room_id = past.room_id and i.user_id = past.user_id
"""
INVITE = """
insert into invited (room_id, user_id) select * from json_to_recordset($1) as new(room_id uuid, user_id uuid)
"""
SAVE = """
insert into room_card (id, name, club_id, topic_id, state, policy, panel, panel_count, participant_count,
                       started_at, listed_at, seq, awaited_host_id, ended_at)
select id, name, club_id, topic_id, state, policy, panel::jsonb, panel_count, participant_count, started_at, listed_at,
       seq, awaited_host_id, ended_at
from json_to_recordset($1) as card(
    id uuid, name text, club_id uuid, topic_id uuid, state text, policy jsonb, panel text, panel_count int,
    participant_count int, started_at timestamptz, listed_at timestamptz, seq bigint, awaited_host_id uuid,
    ended_at timestamptz)
on conflict (id) do update
set name = excluded.name, club_id = excluded.club_id, topic_id = excluded.topic_id, state = excluded.state,
    policy = excluded.policy, panel = excluded.panel, panel_count = excluded.panel_count,
    participant_count = excluded.participant_count, started_at = excluded.started_at, listed_at = excluded.listed_at,
    seq = excluded.seq, awaited_host_id = excluded.awaited_host_id, ended_at = excluded.ended_at
"""
