"""`docs/rules.md`, written by asking the decider. Run: python -m services.rooms.rules_page > docs/rules.md"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from contracts.base import Envelope
from contracts.problems import Code
from contracts.roles import Role
from contracts.rooms import (
    HostLost,
    LeftReason,
    ParticipantJoined,
    ParticipantLeft,
    Policy,
    RoleChanged,
    RoleReason,
    RoomFact,
    RoomOpened,
    RoomPolicyChanged,
    RoomScheduled,
    SpeakerInvited,
)
from services.kit.decisions import Refused
from services.rooms.domain import refusals
from services.rooms.domain.allowed import May, allowed, own, speak, towards
from services.rooms.domain.rows import Beside
from services.rooms.domain.state import Room, evolve, initial

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
ROOM, CLUB, *PEOPLE = (UUID(int=number) for number in range(1, 13))
HOST, MODERATOR, OTHER_MODERATOR, SPEAKER, OTHER_SPEAKER, LISTENER, OTHER_LISTENER, GUEST, OUTSIDE, _ = PEOPLE
ASKING = {
    "HOST": HOST,
    "MODERATOR": MODERATOR,
    "SPEAKER": SPEAKER,
    "AUDIENCE": LISTENER,
    "guest": GUEST,
    "not here": OUTSIDE,
}
ABOUT = {
    "HOST": HOST,
    "MODERATOR": OTHER_MODERATOR,
    "SPEAKER": OTHER_SPEAKER,
    "AUDIENCE": OTHER_LISTENER,
    "guest": GUEST,
    "not here": OUTSIDE,
}


def _role(user: UUID, role: Role) -> RoleChanged:
    return RoleChanged(room_id=ROOM, user_id=user, role=role, reason=RoleReason.CHANGED, by=HOST)


def house(policy: Policy) -> tuple[RoomFact, ...]:
    opened = RoomOpened(room_id=ROOM, host_id=HOST, name="A room", club_id=CLUB)
    here = (MODERATOR, OTHER_MODERATOR, SPEAKER, OTHER_SPEAKER, LISTENER, OTHER_LISTENER)
    return (
        opened,
        *(ParticipantJoined(room_id=ROOM, user_id=user) for user in here),
        ParticipantJoined(room_id=ROOM, user_id=GUEST, guest=True),
        *(_role(user, Role.MODERATOR) for user in (MODERATOR, OTHER_MODERATOR)),
        *(_role(user, Role.SPEAKER) for user in (SPEAKER, OTHER_SPEAKER)),
        RoomPolicyChanged(room_id=ROOM, policy=policy, by=HOST),
    )


@dataclass(frozen=True)
class Case:
    """A room as it is when something is asked, and which of the answers are worth a row."""

    said: str
    facts: tuple[RoomFact, ...]
    actions: tuple[str, ...]


USUAL = house(Policy())
LOST = ParticipantLeft(room_id=ROOM, user_id=HOST, seat=1, reason=LeftReason.LOST)
NO_KEYS = HostLost(room_id=ROOM, user_id=HOST, ends_at=LATER)
PLANNED = RoomScheduled(room_id=ROOM, host_id=HOST, name="A room", club_id=CLUB, scheduled_for=LATER)
INVITED = tuple(
    SpeakerInvited(room_id=ROOM, user_id=user, by=HOST, expires_at=LATER) for user in (LISTENER, GUEST, OUTSIDE)
)
ALL_OWN = tuple(own(initial(ROOM), HOST, NOON, False, None))
CASES = (
    Case("", USUAL, ("speak", *ALL_OWN)),
    Case("speak: open", house(Policy(speak="open")), ("speak", "step_up", "raise_hand")),
    Case("speak: invite", house(Policy(speak="invite")), ("speak", "raise_hand")),
    Case("hands closed", house(Policy(hands_open=False)), ("speak", "raise_hand")),
    Case("with an invitation", (*USUAL, *INVITED), ("speak", "accept_invitation")),
    Case("nobody has the keys", (*USUAL, LOST, NO_KEYS), ("take_keys",)),
    Case(
        "no moderator is here",
        (*USUAL, *(_role(user, Role.SPEAKER) for user in (MODERATOR, OTHER_MODERATOR))),
        ("leave",),
    ),
    Case("enter: private", house(Policy(enter="private")), ("join",)),
    Case("enter: private, invited by name", (*house(Policy(enter="private")), *INVITED), ("join",)),
    Case("enter: club, no member", house(Policy(enter="club")), ("join",)),
    Case("full", house(Policy(max_people=8)), ("join",)),
    Case("planned", (PLANNED,), ("join", "open", "rename", "reschedule", "end", "make_link")),
)


def page() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Who may do what in a room"
    yield ""
    yield "Written by `make docs`, from the function that decides (`services/rooms/domain/deciding.py`): not by hand."
    yield "`yes`: it is done, or is so already. Anything else is the code of the refusal."
    yield "`GET /v1/rooms/{id}/me` answers it for you, in the room as it is, and says what would change it."
    yield ""
    yield "## About oneself, and about the room"
    yield ""
    yield from _table(("in a room", "action", *ASKING), _own_rows())
    for actor in ("HOST", "MODERATOR"):
        yield ""
        yield f"## What a {actor} does about somebody who is"
        yield ""
        yield from _table(("action", *ABOUT), _towards_rows(ASKING[actor], given(USUAL)))
    yield ""
    yield f"Whoever is SPEAKER or AUDIENCE does none of this: {_of_others()}."
    yield ""
    yield "## What each refusal says"
    yield ""
    yield from _table(("code", "says"), _refusals())


def _own_rows() -> Iterator[Sequence[str]]:
    for case in CASES:
        room = given(case.facts)
        answers = {name: _own(room, user) for name, user in ASKING.items()}
        for action in case.actions:
            yield case.said or "as usual", f"`{action}`", *(_cell(may[action]) for may in answers.values())


def _own(room: Room, user: UUID) -> May:
    may = allowed(own(room, user, NOON, user == GUEST, None), room, Beside())
    return {"speak": speak(may, room, user), **may}


def _towards_rows(me: UUID, room: Room) -> Iterator[Sequence[str]]:
    answers = {name: allowed(towards(them, me, NOON), room, Beside()) for name, them in ABOUT.items()}
    for action in towards(HOST, me, NOON):
        yield f"`{action}`", *("" if ABOUT[name] == me else _cell(may[action]) for name, may in answers.items())


def _of_others() -> str:
    rows = [*_towards_rows(SPEAKER, given(USUAL)), *_towards_rows(LISTENER, given(USUAL))]
    return ", ".join(sorted({cell for _, *cells in rows for cell in cells if cell}))


def _refusals() -> Iterator[Sequence[str]]:
    said = [each for each in vars(refusals).values() if isinstance(each, Refused)]
    said += [refusals.removed(LATER), refusals.not_open(LATER)]
    order = {code: place for place, code in enumerate(Code)}
    for refused in sorted(said, key=lambda each: (order[each.code], each.message)):
        yield f"`{refused.code.code}`", refused.message


def given(history: Sequence[RoomFact]) -> Room:
    room = initial(ROOM)
    for version, fact in enumerate(history, 1):
        room = evolve(
            room, Envelope(id=UUID(int=version), source="/rooms", stream=ROOM, version=version, at=NOON, fact=fact)
        )
    return room


def _cell(refused: Refused | None) -> str:
    return "yes" if refused is None else f"`{refused.code.code}`"


def _table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    print(page(), end="")
