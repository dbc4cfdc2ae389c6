"""A room as a test thinks of it: dicts and sets, told by acknowledged commands. Not the product's fold."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

RANK = {"HOST": 0, "MODERATOR": 1, "SPEAKER": 2, "AUDIENCE": 3}


@dataclass
class NaiveRoom:
    name: str
    host: UUID
    roles: dict[UUID, str] = field(default_factory=dict)
    invited: set[UUID] = field(default_factory=set)
    live: bool = True
    hands: set[UUID] = field(default_factory=set)
    muted: set[UUID] = field(default_factory=set)
    facts: int = 1  # RoomOpened

    def __post_init__(self) -> None:
        self.roles[self.host] = "HOST"

    def joined(self, user: UUID) -> None:
        if user not in self.roles:
            self.roles[user] = "AUDIENCE"
            self.facts += 1

    def raised(self, user: UUID) -> None:
        self.facts += user not in self.hands
        self.hands.add(user)

    def lowered(self, user: UUID) -> None:
        self.facts += user in self.hands
        self.hands.discard(user)

    def asked_up(self, user: UUID) -> None:
        self.facts += user not in self.invited
        self.invited.add(user)

    def silenced(self, user: UUID) -> None:
        self.facts += user not in self.muted
        self.muted.add(user)

    def gone(self, user: UUID, facts: int) -> None:
        if self.roles.pop(user, None):
            self._settled(user)
            self.facts += facts

    def now_is(self, user: UUID, role: str) -> None:
        self.facts += self.roles[user] != role
        if role == "AUDIENCE":
            self.muted.discard(user)
        self.roles[user] = role
        self.hands.discard(user)
        self.invited.discard(user)

    def _settled(self, user: UUID) -> None:
        for each in (self.hands, self.invited, self.muted):
            each.discard(user)

    def ended(self) -> None:
        self.facts += len(self.roles) + 1  # everybody leaves, then it ends
        self.roles.clear()
        self.live = False

    @property
    def panel(self) -> dict[UUID, str]:
        return {user: role for user, role in self.roles.items() if role != "AUDIENCE"}

    @property
    def audience(self) -> set[UUID]:
        return {user for user, role in self.roles.items() if role == "AUDIENCE"}


def differences(naive: dict[str, NaiveRoom], cards: dict[str, Any], pages: dict[str, Any]) -> list[str]:
    """What the hallway shows otherwise than the model; `cards` by room id from the list, `pages` from each room."""
    found = [f"{room}: live, not listed" for room, each in naive.items() if each.live and room not in cards]
    found += [f"{room}: ended, still listed" for room, each in naive.items() if not each.live and room in cards]
    for room, each in naive.items():
        if each.live and room in cards:
            found += _card_differences(room, each, cards[room]) + _page_differences(room, each, pages[room])
    return found


def _card_differences(room: str, naive: NaiveRoom, card: dict[str, Any]) -> list[str]:
    shown = {"name": card["name"], "on stage": card["panel_count"], "in all": card["participant_count"]}
    right = {"name": naive.name, "on stage": len(naive.panel), "in all": len(naive.roles)}
    panel = {UUID(person["user_id"]): person["role"] for person in card["panel"]}
    found = [f"{room}: {shown} is {right}"] if shown != right else []
    if len(panel) != min(6, len(naive.panel)) or not panel.items() <= naive.panel.items():
        found.append(f"{room}: panel {panel} of {naive.panel}")
    return found


def _page_differences(room: str, naive: NaiveRoom, page: dict[str, Any]) -> list[str]:
    panel = {UUID(person["user_id"]): person["role"] for person in page["panel"]}
    audience = {UUID(person["user_id"]) for person in page["audience"]}
    found = [f"{room}: stage {panel} is {naive.panel}"] if panel != naive.panel else []
    if audience != naive.audience or page["audience_count"] != len(naive.audience):
        found.append(f"{room}: audience {audience} is {naive.audience}")
    return found
