"""Whatever people ask of a room, in whatever order: what always holds."""

from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.base import Envelope
from contracts.roles import Role
from contracts.room_fold import fold
from contracts.room_snapshot import RoomSnapshot
from contracts.rooms import RoomFact
from services.kit.decisions import Decided
from services.rooms.domain import commands as asked
from services.rooms.domain.commands import Command
from services.rooms.domain.deciding import decide
from services.rooms.domain.rows import AllOver, Beside, Presence, PresenceGone
from services.rooms.domain.state import evolve, initial
from tests.unit.rooms.rooms_given import CONNECTION, NOON, OTHER, ROOM

PEOPLE = [uuid4() for _ in range(8)]
GUESTS = frozenset(PEOPLE[-2:])
person = st.sampled_from(PEOPLE)
minutes = st.integers(0, 20)


class World:
    """A room and what stands beside it, with every fact so far."""

    def __init__(self) -> None:
        self.room, self.log, self.presence = initial(ROOM), list[Envelope[RoomFact]](), dict[UUID, Presence]()
        self.do(asked.OpenRoom(ROOM, PEOPLE[0], "Any room", NOON))

    def do(self, command: Command) -> None:
        outcome = decide(command, self.room, Beside(self.presence))
        if not isinstance(outcome, Decided):
            return
        for fact in outcome.facts:
            seq = len(self.log) + 1
            envelope = Envelope[RoomFact](id=uuid4(), source="/rooms", stream=ROOM, version=seq, at=NOON, fact=fact)
            self.log.append(envelope)
            self.room = evolve(self.room, envelope)
        for row in outcome.rows:
            if isinstance(row, Presence):
                self.presence[row.user_id] = row
            elif isinstance(row, PresenceGone):
                self.presence.pop(row.user_id, None)
            elif isinstance(row, AllOver):
                self.presence.clear()

    def check(self) -> None:
        public = self.room.public
        hosts = [seat.user_id for seat in public.seats.values() if seat.role is Role.HOST]
        assert hosts == ([public.host_id] if public.host_id else [])
        assert set(self.presence) == set(public.seats), "a seat has presence beside it, and nobody else has"
        assert all(public.seats[user].seat == row.seat for user, row in self.presence.items())
        assert {hand.user_id for hand in public.hands} <= {
            user for user, seat in public.seats.items() if not seat.role.on_stage
        }
        assert not any(seat.role.on_stage for user, seat in public.seats.items() if user in GUESTS)
        assert [each.version for each in self.log] == list(range(1, len(self.log) + 1))
        assert all(each.fact.type != "room.ended.v1" for each in self.log[:-1]), "nothing after the end"
        assert _replayed(self.log) == public


def _replayed(log: list[Envelope[RoomFact]]) -> RoomSnapshot:
    room = RoomSnapshot(id=ROOM)
    for envelope in log:
        room = fold(room, envelope)
    return room


@st.composite
def anything(draw: st.DrawFn) -> Command:
    user, by, at = draw(person), draw(person), NOON + timedelta(minutes=draw(minutes))
    connection, seat, number = (
        draw(st.sampled_from([CONNECTION, OTHER])),
        draw(st.integers(1, 12)),
        draw(st.integers(0, 3)),
    )
    choices: list[Command] = [
        asked.Join(user, connection, at, guest=user in GUESTS, takeover=draw(st.booleans())),
        asked.Join(user, connection, at, guest=user in GUESTS),
        asked.Leave(user, at, draw(st.sampled_from([None, CONNECTION]))),
        asked.RaiseHand(user),
        asked.LowerHand(user, by),
        asked.LowerAllHands(by),
        asked.Invite(user, by, at),
        asked.WithdrawInvitation(user, by),
        asked.AnswerInvitation(user, draw(st.sampled_from(["accepted", "declined"])), at),
        asked.ChangeRole(user, draw(st.sampled_from(list(Role))), by, at),
        asked.ChangeRole(user, draw(st.sampled_from(list(Role))), user, at),
        asked.Mute(user, by),
        asked.Unmute(user),
        asked.Remove(user, by, at),
        asked.Connected(user, seat, number),
        asked.Disconnected(user, seat, number, at),
        asked.GraceDue(user, seat, number, at),
        asked.InvitationDue(user, at),
        asked.CountdownDue(at),
    ]
    return draw(st.sampled_from(choices))


@settings(max_examples=60, deadline=None)
@given(st.lists(anything(), max_size=80))
def test_what_always_holds(history: list[Command]) -> None:
    world = World()
    for command in history:
        world.do(command)
        world.check()


@settings(max_examples=15, deadline=None)
@given(st.lists(anything(), max_size=40), person)
def test_after_the_end_there_is_nothing(history: list[Command], someone: UUID) -> None:
    world = World()
    for command in history:
        world.do(command)
    if world.room.public.host_id:
        world.do(asked.End(world.room.public.host_id))
        before = len(world.log)
        world.do(asked.Join(someone, CONNECTION, NOON))
        assert (len(world.log), world.presence, world.room.public.seats) == (before, {}, {})
