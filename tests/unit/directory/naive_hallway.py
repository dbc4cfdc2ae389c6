"""The hallway as a test thinks of it: sets and dicts, one rule a line. Not the product's fold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from contracts.rooms import RoomFact

RANK = {"HOST": 0, "MODERATOR": 1, "SPEAKER": 2, "AUDIENCE": 3}


@dataclass
class NaiveCard:
    name: str = ""
    state: str = "ended"
    seq: int = 0
    roles: dict[UUID, str] = field(default_factory=dict)
    seats: dict[UUID, int] = field(default_factory=dict)
    muted: set[UUID] = field(default_factory=set)
    invited: set[UUID] = field(default_factory=set)

    @property
    def panel(self) -> list[tuple[UUID, str]]:
        stage = [(RANK[role], self.seats[user], user, role) for user, role in self.roles.items() if role != "AUDIENCE"]
        return [(user, role) for _, _, user, role in sorted(stage)][:6]


def naive(facts: Sequence[RoomFact]) -> NaiveCard:
    card = NaiveCard()
    for seq, fact in enumerate(facts, 1):
        _happen(card, fact, seq)
        card.seq = seq
        card.muted = {user for user in card.muted if card.roles.get(user, "AUDIENCE") != "AUDIENCE"}
    return card


def _happen(card: NaiveCard, fact: RoomFact, seq: int) -> None:
    match fact.type:
        case "room.scheduled.v1":
            card.name, card.state = fact.name, "scheduled"
        case "room.opened.v1":
            card.name, card.state = fact.name, "live"
            if not fact.host_awaited_until:
                card.roles[fact.host_id], card.seats[fact.host_id] = "HOST", seq
                card.invited.discard(fact.host_id)
        case "room.renamed.v1":
            card.name = fact.name
        case "room.participant_joined.v1":
            card.roles[fact.user_id], card.seats[fact.user_id] = "AUDIENCE", seq
        case "room.participant_left.v1":
            del card.roles[fact.user_id], card.seats[fact.user_id]
            card.invited.discard(fact.user_id)
        case "room.role_changed.v1":
            card.roles[fact.user_id] = fact.role.value
            card.invited.discard(fact.user_id)
        case "room.host_transferred.v1":
            if fact.from_id in card.roles:
                card.roles[fact.from_id] = "MODERATOR"
            card.roles[fact.to_id] = "HOST"
            card.invited.discard(fact.to_id)
        case "room.participant_muted.v1":
            card.muted.add(fact.user_id)
        case "room.participant_unmuted.v1":
            card.muted.discard(fact.user_id)
        case "room.speaker_invited.v1":
            card.invited.add(fact.user_id)
        case "room.invitation_declined.v1" | "room.invitation_withdrawn.v1":
            card.invited.discard(fact.user_id)
        case "room.ended.v1":
            card.state = "ended"
            for each in (card.roles, card.seats, card.muted, card.invited):
                each.clear()
