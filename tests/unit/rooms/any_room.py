"""Thirty people in a room, who ask whatever they like in whatever order; and what always holds of it."""

from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)

from contracts.roles import Role
from contracts.rooms import Policy
from services.rooms.domain import commands as asked
from services.rooms.domain.commands import Command
from services.rooms.snapshots import dump
from tests.unit.rooms.any_world import CLUB, GUESTS, LINKS, MODERATION, PEOPLE, World
from tests.unit.rooms.rooms_given import CONNECTION, NOON, OTHER, ROOM

number = st.integers(0, 2**20)  # of somebody: see `someone` and `above`
policies = st.builds(
    Policy,
    speak=st.sampled_from(["hand", "open", "invite"]),
    hands_open=st.sampled_from([True, True, True, False]),
    enter=st.sampled_from(["everyone", "everyone", "club", "private"]),
    max_people=st.sampled_from([None, None, 5, 20]),
)


class AnyRoom(World):
    """What thirty people do there, and what happens by itself."""

    @initialize(policy=policies, planned=st.booleans(), in_club=st.booleans())
    def begin(self, policy: Policy, planned: bool, in_club: bool) -> None:
        if policy.enter == "club" and not in_club:
            policy = policy.model_copy(update={"enter": "everyone"})
        new: dict[str, Any] = {"club": CLUB if in_club else None, "policy": policy}
        later = NOON + timedelta(minutes=20)
        self.do(
            asked.Schedule(ROOM, PEOPLE[0], "Any room", NOON, later, **new)
            if planned
            else asked.OpenRoom(ROOM, PEOPLE[0], "Any room", NOON, **new)
        )
        for who in PEOPLE[:5]:
            self.do(asked.Invite(who, PEOPLE[0], self.at))
            self.do(self.joining(who))
            self.do(asked.Connected(who, self.room.public.seq, 1))

    # What people do.

    @rule(
        who=number, connection=st.sampled_from([CONNECTION, OTHER]), takeover=st.booleans(), link=st.sampled_from(LINKS)
    )
    def joins(self, who: int, connection: UUID, takeover: bool, link: UUID) -> None:
        user = self.someone(who)
        self.do(asked.Join(user, connection, self.at, user in GUESTS, takeover, f"device of {user}", link))
        row = self.presence.get(user)
        if row and not takeover:
            self.do(asked.Connected(user, row.seat, row.connection_no))

    @rule(who=number, to=st.none() | number)
    def leaves(self, who: int, to: int | None) -> None:
        user = self.someone(who)
        self.do(asked.Leave(user, self.at, keys_to=None if to is None else self.someone(to)))

    @rule(who=number, mine=st.booleans(), by=number)
    def raises_or_lowers(self, who: int, mine: bool, by: int) -> None:
        user = self.someone(who)
        actor = self.above(by)
        self.do(asked.RaiseHand(user) if mine else asked.LowerHand(user, actor))

    @rule(who=number, by=number, more=st.booleans())
    def is_invited(self, who: int, by: int, more: bool) -> None:
        user = self.someone(who)
        actor = self.above(by)
        self.do(asked.Invite(user, actor, self.at) if more else asked.WithdrawInvitation(user, actor))

    @rule(who=number, answer=st.sampled_from(["accepted", "accepted", "declined"]))
    def answers(self, who: int, answer: Literal["accepted", "declined"]) -> None:
        user = self.someone(who)
        self.do(asked.AnswerInvitation(user, answer, self.at))

    @rule(who=number, role=st.sampled_from(list(Role)), by=number)
    def gets_a_role(self, who: int, role: Role, by: int) -> None:
        user = self.someone(who)
        actor = self.above(by)
        self.do(asked.ChangeRole(user, role, actor, self.at))

    @rule(who=number, role=st.sampled_from(list(Role)))
    def takes_a_role(self, who: int, role: Role) -> None:
        user = self.someone(who)
        self.do(asked.ChangeRole(user, role, user, self.at))

    @rule(who=number, by=number, how=st.sampled_from(MODERATION))
    def is_moderated(self, who: int, by: int, how: str) -> None:
        user = self.someone(who)
        actor = self.above(by)
        commands: dict[str, Command] = {
            "mute": asked.Mute(user, actor, "loud"),
            "unmute": asked.Unmute(user),
            "remove": asked.Remove(user, actor, self.at, "rude"),
            "ban": asked.Ban(user, actor, self.at, "rude"),
            "lift": asked.LiftBan(user, actor),
            "blocked": asked.Blocked(user, actor),
            "all hands": asked.LowerAllHands(actor),
        }
        self.do(commands[how])

    @rule(by=number, link=st.sampled_from(LINKS), make=st.booleans())
    def links(self, by: int, link: UUID, make: bool) -> None:
        actor = self.above(by)
        self.do(asked.MakeLink(link, actor, self.at, timedelta(hours=1)) if make else asked.WithdrawLink(link, actor))

    @rule(by=number, policy=policies)
    def edits(self, by: int, policy: Policy) -> None:
        actor = self.above(by)
        self.do(asked.Edit(actor, self.at, f"Room of {actor.int}", policy.model_dump()))

    @rule(by=number)
    def opens(self, by: int) -> None:
        actor = self.above(by)
        self.do(asked.OpenPlanned(actor, self.at))

    @rule(by=number, operator=st.sampled_from([False] * 30 + [True]), really=st.sampled_from([False] * 40 + [True]))
    def ends(self, by: int, operator: bool, really: bool) -> None:
        actor = self.above(by)
        if really:
            self.do(asked.End(actor, operator))

    # What happens by itself.

    @rule(who=number, connected=st.booleans(), late=st.booleans())
    def line_changes(self, who: int, connected: bool, late: bool) -> None:
        user = self.someone(who)
        row = self.presence.get(user)
        seat, number = (row.seat, row.connection_no) if row and not late else (1, 1)
        told = asked.Connected(user, seat, number) if connected else asked.Disconnected(user, seat, number, self.at)
        self.do(told)

    @rule(minutes=st.sampled_from([0, 0, 0, 1, 1, 2, 6]))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)
        for user, row in list(self.presence.items()):
            if not row.connected and row.connection is not None and minutes > 5:
                self.do(asked.GraceDue(user, row.seat, row.connection_no, self.at))
        for user in list(self.room.public.invitations):
            self.do(asked.InvitationDue(user, self.at))
        self.do(asked.OpeningDue(self.at))
        self.do(asked.CountdownDue(self.at))

    @precondition(lambda self: len(self.log) % 7 == 0)
    @rule()
    def is_remembered(self) -> None:
        self.halfway = len(self.log), dump(self.room)
