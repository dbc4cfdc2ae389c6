"""A room with thirty people, and what stands beside it; and what always holds of any such room."""

from uuid import UUID, uuid4

from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
)

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_fold import fold
from contracts.room_snapshot import RoomSnapshot
from contracts.room_view import view
from contracts.rooms import RoomFact
from services.kit.decisions import Decided, Refused
from services.rooms.domain import allowed
from services.rooms.domain import commands as asked
from services.rooms.domain.commands import Command
from services.rooms.domain.deciding import decide
from services.rooms.domain.hands import MOST_HANDS
from services.rooms.domain.rows import AllOver, Beside, Presence, PresenceGone
from services.rooms.domain.state import evolve, initial
from services.rooms.snapshots import dump, load
from tests.unit.rooms.rooms_given import CONNECTION, NOON, ROOM

PEOPLE = [UUID(int=number) for number in range(1, 31)]
GUESTS = frozenset(PEOPLE[-4:])
MEMBERS = frozenset(PEOPLE[:20])
BLOCKS = frozenset({(PEOPLE[2], PEOPLE[3]), (PEOPLE[4], PEOPLE[0]), (PEOPLE[5], PEOPLE[6])})
CLUB = asked.Club(UUID(int=99), UUID(int=98), PEOPLE[0], frozenset({PEOPLE[1]}))
MODERATION = ["mute", "unmute", "remove", "ban", "lift", "blocked", "all hands"]
LINKS = [UUID(int=number) for number in (201, 202, 203)]


class World(RuleBasedStateMachine):
    """A room and what stands beside it, with every fact so far."""

    def __init__(self) -> None:
        super().__init__()
        self.room, self.log, self.presence = initial(ROOM), list[Envelope[RoomFact]](), dict[UUID, Presence]()
        self.at, self.halfway = NOON, (0, dump(initial(ROOM)))

    def someone(self, number: int) -> UUID:
        """Mostly somebody who is here, so that something comes of it."""
        here = sorted(self.room.public.seats)
        return here[number // 4 % len(here)] if here and number % 4 < 3 else PEOPLE[number // 4 % len(PEOPLE)]

    def above(self, number: int) -> UUID:
        """Mostly somebody who may do it."""
        few = [who for who in PEOPLE if (role := self.room.role_of(who)) and role.moderates]
        return few[number // 8 % len(few)] if few and number % 8 < 7 else self.someone(number // 8)

    def joining(self, who: UUID) -> Command:
        return asked.Join(who, CONNECTION, self.at, who in GUESTS, device=f"device of {who}")

    def beside(self) -> Beside:
        return Beside(self.presence, blocks=BLOCKS, club=CLUB if self.room.public.club_id else None, members=MEMBERS)

    def do(self, command: Command) -> None:
        outcome = decide(command, self.room, self.beside())
        if not isinstance(outcome, Decided):
            return
        for fact in outcome.facts:
            seq = len(self.log) + 1
            envelope = Envelope[RoomFact](id=uuid4(), source="/rooms", stream=ROOM, version=seq, at=self.at, fact=fact)
            self.log.append(envelope)
            self.room = evolve(self.room, envelope)
        for row in outcome.rows:
            if isinstance(row, Presence):
                self.presence[row.user_id] = row
            elif isinstance(row, PresenceGone):
                self.presence.pop(row.user_id, None)
            elif isinstance(row, AllOver):
                self.presence.clear()

    # What always holds.

    @invariant()
    def one_host_and_nobody_twice(self) -> None:
        public = self.room.public
        hosts = [seat.user_id for seat in public.seats.values() if seat.role is Role.HOST]
        assert len(hosts) <= 1
        if not self.room.scheduled and self.log:
            assert hosts == ([public.host_id] if public.host_id else [])
            assert bool(public.host_id) != bool(public.hostless_until) or self.room.ended
        numbers = [seat.seat for seat in public.seats.values()]
        assert len(numbers) == len(set(numbers))
        assert set(self.presence) == set(public.seats), "a seat has presence beside it, and nobody else has"
        assert all(public.seats[user].seat == row.seat for user, row in self.presence.items())

    @invariant()
    def panel_and_audience_are_the_participants(self) -> None:
        shown = view(self.room.public, PEOPLE[0])
        panel, audience = {each.user_id for each in shown.panel}, {each.user_id for each in shown.audience}
        assert not panel & audience
        assert panel | audience == set(self.room.public.seats)
        assert shown.audience_count == len(audience)

    @invariant()
    def hands_are_listeners_and_guests_listen(self) -> None:
        seats = self.room.public.seats
        assert all(not seats[hand.user_id].role.on_stage for hand in self.room.public.hands)
        assert len(self.room.public.hands) <= MOST_HANDS
        assert not any(seat.role.on_stage for user, seat in seats.items() if user in GUESTS)
        assert not set(self.room.banned) & set(seats)

    @invariant()
    def counts_equal_the_log(self) -> None:
        came = sum(_made_a_seat(each.fact) for each in self.log)
        left = sum(each.fact.type == "room.participant_left.v1" for each in self.log)
        assert came - left == len(self.room.public.seats)
        assert self.room.summary.joins == came
        assert [each.version for each in self.log] == list(range(1, len(self.log) + 1))
        assert all(each.fact.type != "room.ended.v1" for each in self.log[:-1]), "nothing after the end"

    @invariant()
    def what_one_may_is_what_is_decided(self) -> None:
        me, them = PEOPLE[len(self.log) % 8], PEOPLE[(len(self.log) + 3) % 8]
        commands = {
            **allowed.own(self.room, me, self.at, me in GUESTS, None),
            **{f"{name} them": each for name, each in allowed.towards(them, me, self.at).items()},
        }
        said = allowed.allowed(commands, self.room, self.beside())
        for action, command in commands.items():
            outcome = decide(command, self.room, self.beside())
            assert said[action] == (outcome if isinstance(outcome, Refused) else None), action

    def teardown(self) -> None:
        """Any prefix replays, for rooms and for every reader; a snapshot and the tail give the same as everything."""
        room, public = initial(ROOM), RoomSnapshot(id=ROOM)
        at, remembered = self.halfway
        for envelope in self.log:
            room, public = evolve(room, envelope), fold(public, envelope)
            assert room.public == public
        assert room == self.room
        later = load(ROOM, remembered)
        for envelope in self.log[at:]:
            later = evolve(later, envelope)
        assert later == self.room


def _made_a_seat(fact: RoomFact) -> bool:
    opened = fact.type == "room.opened.v1" and fact.host_awaited_until is None
    return opened or fact.type == "room.participant_joined.v1"
