"""The hallway's read model in memory: a room's stage with its card, its audience beside it, as in the tables. Pure.

A room that has ended takes about 1 KB, each person in a room about 0.3 KB.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

import orjson

from contracts.kafka import ROOM_EVENTS
from contracts.room_snapshot import RoomState
from services.directory.projections.card import Card, Seat
from services.directory.projections.fold import people_in
from services.directory.projections.model import (
    CARD,
    PARTICIPANT,
    SOMEONE,
    Batch,
    HallwayModel,
    participant_row,
    row_of,
)
from services.kit.evolving import replace
from services.kit.recipe import Recipe, Row, Table

NOBODY: Mapping[UUID, Seat] = {}
PANEL = 6  # its place in a card's row, as text


class HallwayMemory:
    def __init__(self) -> None:
        self._cards: dict[UUID, Card] = {}  # with the stage alone
        self._audiences: dict[UUID, dict[UUID, Seat]] = defaultdict(dict)

    def load(self, batch: Batch) -> dict[UUID, Card]:
        """The cards of these rooms, with their stages and the people that the batch names."""
        found = {room: self._cards[room] for room in batch if room in self._cards}
        return {
            room: self._with_named(card, {user for each in batch[room] for user in people_in(each.fact)})
            for room, card in found.items()
        }

    def save(self, states: Mapping[UUID, Card]) -> None:
        for room, card in states.items():
            audience = self._audiences[room]
            for user in card.gone:
                audience.pop(user, None)
            for user, seat in card.changed.items():
                if seat.role.on_stage:
                    audience.pop(user, None)
                else:
                    audience[user] = seat
            if card.state is RoomState.ENDED or not audience:
                del self._audiences[room]
            self._cards[room] = replace(card, seats=dict(card.stage), before=NOBODY)

    def streams(self) -> Collection[UUID]:
        return self._cards.keys()

    def rows(self, table: Table, streams: Iterable[UUID]) -> Iterable[Row]:
        cards = (self._cards[room] for room in streams if room in self._cards)
        if table is CARDS:
            return map(_card_row, cards)
        if table is INVITED:
            return ((card.id, user) for card in cards for user in card.invited)
        return (
            participant_row(card.id, user, seat)
            for card in cards
            for user, seat in (*card.stage, *self._audiences.get(card.id, NOBODY).items())
        )

    def _with_named(self, card: Card, named: set[UUID]) -> Card:
        audience = self._audiences.get(card.id, NOBODY)
        seats = {**card.seats, **{user: audience[user] for user in named if user in audience}}
        return replace(card, seats=seats, before=seats, invited_before=card.invited)


def _card_row(card: Card) -> Row:
    row = row_of(card)
    return (*row[:PANEL], orjson.loads(str(row[PANEL])), *row[PANEL + 1 :])


CARDS = Table("room_card", "id", CARD)
PARTICIPANTS = Table("participants", "room_id", PARTICIPANT)
INVITED = Table("invited", "room_id", SOMEONE)
HALLWAY = Recipe(
    ROOM_EVENTS,
    HallwayModel(),
    HallwayMemory,
    (CARDS, PARTICIPANTS, INVITED),
    "services.directory.operations",
    derived=("room_search",),
)
