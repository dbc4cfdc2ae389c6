"""Who gets in, who is sent away, and who comes back."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from contracts.problems import Code
from contracts.roles import Role
from contracts.rooms import (
    BanLifted,
    HostLost,
    InvitationWithdrawn,
    LeftReason,
    LinkMade,
    LinkWithdrawn,
    ParticipantBanned,
    ParticipantJoined,
    ParticipantLeft,
    ParticipantRemoved,
    Policy,
    RoomFact,
    RoomOpened,
    RoomPolicyChanged,
    SpeakerInvited,
)
from services.rooms.domain.commands import Ban, Invite, Join, LiftBan, MakeLink, Remove, WithdrawLink
from services.rooms.domain.linking import MOST_LINKS
from services.rooms.domain.rows import Beside, Outcome, PresenceGone
from services.rooms.domain.state import Room
from tests.unit.rooms.rooms_given import (
    ANA,
    CONNECTION,
    FULL_HOUSE,
    HOST,
    MIA,
    NOON,
    ROOM,
    SAM,
    code,
    facts,
    full_house,
    given,
    joined,
    later,
    result,
    rows,
    when,
)

ZOE, LINK, CLUB = uuid4(), uuid4(), uuid4()
made = LinkMade(room_id=ROOM, link_id=LINK, by=MIA, expires_at=later(3600))
invited = SpeakerInvited(room_id=ROOM, user_id=ZOE, by=SAM, expires_at=later(600))
banned = ParticipantBanned(room_id=ROOM, user_id=ANA, by=MIA)
away = ParticipantLeft(room_id=ROOM, user_id=ANA, seat=4, reason=LeftReason.LEFT)


def house_where(**policy: object) -> tuple[RoomFact, ...]:
    changed = RoomPolicyChanged(room_id=ROOM, policy=Policy.model_validate(policy), by=HOST)
    return (*FULL_HOUSE, changed)


def comes(room: Room, user: UUID = ZOE, beside: Beside | None = None, **more: Any) -> Outcome:
    return when(Join(user, CONNECTION, NOON, **more), room, beside)


def test_a_private_room_is_for_those_who_are_invited_by_name() -> None:
    room = given(*house_where(enter="private"))
    assert code(comes(room)) is Code.PRIVATE
    (fact,) = facts(comes(given(*house_where(enter="private"), invited)))
    assert fact == ParticipantJoined(room_id=ROOM, user_id=ZOE, invited_by=SAM)


def test_or_by_a_link_while_it_is_valid() -> None:
    private = (*house_where(enter="private"), made)
    (fact,) = facts(comes(given(*private), link=LINK))
    assert fact == ParticipantJoined(room_id=ROOM, user_id=ZOE, invited_by=MIA)
    assert code(when(Join(ZOE, CONNECTION, later(3600), link=LINK), given(*private))) is Code.PRIVATE
    gone = LinkWithdrawn(room_id=ROOM, link_id=LINK, by=MIA)
    assert code(comes(given(*private, gone), link=LINK)) is Code.PRIVATE
    assert code(comes(given(*private), link=uuid4())) is Code.PRIVATE


def test_whoever_was_in_it_comes_back_without_asking_again() -> None:
    assert len(facts(comes(given(*house_where(enter="private"), away), ANA))) == 1


def test_a_room_for_members_lets_members_in_and_the_invited() -> None:
    first = RoomOpened(room_id=ROOM, host_id=HOST, name="Jazz", club_id=CLUB, policy=Policy(enter="club"))
    assert code(comes(given(first))) is Code.CLUB_ONLY
    assert len(facts(comes(given(first), beside=Beside(members=frozenset({ZOE}))))) == 1
    assert len(facts(comes(given(first, invited)))) == 1


def test_a_full_room_is_full_also_for_the_invited_but_not_for_its_host() -> None:
    full = house_where(max_people=5)
    assert code(comes(given(*full))) is Code.ROOM_FULL
    assert code(comes(given(*full, invited))) is Code.ROOM_FULL
    lost = ParticipantLeft(room_id=ROOM, user_id=HOST, seat=1, reason=LeftReason.LOST)
    hostless = given(*full, lost, HostLost(room_id=ROOM, user_id=HOST, ends_at=later(300)), joined(ZOE))
    assert len(facts(comes(hostless, HOST))) == 1


def test_who_is_in_a_full_room_reloads_all_the_same() -> None:
    assert result(comes(given(*house_where(max_people=2)), ANA))["seat"] == 4


def test_who_was_removed_may_come_back_after_ten_minutes_or_by_an_invitation() -> None:
    removed, left = facts(when(Remove(ANA, MIA, NOON, "shouting"), full_house()))
    assert removed == ParticipantRemoved(room_id=ROOM, user_id=ANA, by=MIA, until=later(600), why="shouting")
    room = full_house(removed, left)
    assert code(when(Join(ANA, CONNECTION, later(599)), room)) is Code.REMOVED
    assert len(facts(when(Join(ANA, CONNECTION, later(600)), room))) == 1
    back = SpeakerInvited(room_id=ROOM, user_id=ANA, by=MIA, expires_at=later(600))
    assert len(facts(comes(full_house(removed, left, back), ANA))) == 1


def test_who_was_banned_may_not_come_back_until_it_is_lifted() -> None:
    outcome = when(Ban(ANA, MIA, NOON, "shouting"), full_house())
    ban, left = facts(outcome)
    assert ban == ParticipantBanned(room_id=ROOM, user_id=ANA, by=MIA, why="shouting")
    assert left == ParticipantLeft(room_id=ROOM, user_id=ANA, seat=4, reason=LeftReason.BANNED, by=MIA)
    assert rows(outcome) == (PresenceGone(ANA),)
    room = full_house(ban, left)
    assert code(comes(room, ANA)) is Code.BANNED
    assert code(when(Invite(ANA, MIA, NOON), room)) is Code.BANNED
    assert facts(when(Ban(ANA, MIA, NOON), room)) == ()
    (lifted,) = facts(when(LiftBan(ANA, MIA), room))
    assert lifted == BanLifted(room_id=ROOM, user_id=ANA, by=MIA)
    assert len(facts(comes(full_house(ban, left, lifted), ANA))) == 1


def test_nor_as_a_guest_on_the_same_device() -> None:
    came = ParticipantJoined(room_id=ROOM, user_id=ZOE, device="d1")
    ban = ParticipantBanned(room_id=ROOM, user_id=ZOE, by=MIA)
    room = full_house(came, ParticipantLeft(room_id=ROOM, user_id=ZOE, seat=8, reason=LeftReason.LEFT), ban)
    assert code(comes(room, uuid4(), guest=True, device="d1")) is Code.BANNED
    assert len(facts(comes(room, uuid4(), guest=True, device="d2"))) == 1
    assert len(facts(comes(room, uuid4(), device="d1"))) == 1, "somebody else's account on that device"


def test_people_who_are_not_here_are_banned_too_with_their_invitation() -> None:
    withdrawn = InvitationWithdrawn(room_id=ROOM, user_id=ZOE, by=MIA)
    ban = ParticipantBanned(room_id=ROOM, user_id=ZOE, by=MIA)
    assert facts(when(Ban(ZOE, MIA, NOON), full_house(invited))) == (ban, withdrawn)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (Ban(HOST, MIA, NOON), Code.NOT_ABOVE),
        (Ban(MIA, MIA, NOON), Code.NOT_ABOVE),
        (Ban(ANA, SAM, NOON), Code.NOT_MODERATOR),
        (Ban(ANA, ZOE, NOON), Code.NOT_IN_ROOM),
        (LiftBan(ANA, MIA), Code.NOT_BANNED),
        (LiftBan(ANA, SAM), Code.NOT_MODERATOR),
        (MakeLink(LINK, SAM, NOON, timedelta(hours=1)), Code.NOT_MODERATOR),
        (WithdrawLink(LINK, MIA), Code.NOT_FOUND),
    ],
    ids=str,
)
def test_each_refusal_has_its_code(command: Ban | LiftBan | MakeLink | WithdrawLink, expected: Code) -> None:
    assert code(when(command, full_house())) is expected


def test_a_host_whose_line_broke_is_not_banned_meanwhile() -> None:
    lost = ParticipantLeft(room_id=ROOM, user_id=HOST, seat=1, reason=LeftReason.LOST)
    room = full_house(lost, HostLost(room_id=ROOM, user_id=HOST, ends_at=later(300)))
    assert code(when(Ban(HOST, MIA, NOON), room)) is Code.NOT_ABOVE


def test_moderators_make_links_for_a_while_and_take_them_back() -> None:
    outcome = when(MakeLink(LINK, MIA, NOON, timedelta(hours=1)), full_house())
    assert facts(outcome) == (made,)
    assert facts(when(WithdrawLink(LINK, HOST), full_house(made))) == (
        LinkWithdrawn(room_id=ROOM, link_id=LINK, by=HOST),
    )
    (longest,) = facts(when(MakeLink(LINK, MIA, NOON, timedelta(days=400)), full_house()))
    assert longest.model_dump()["expires_at"] == NOON + timedelta(days=30)


def test_there_are_so_many_links_and_one_that_has_run_out_makes_place() -> None:
    links = [made.model_copy(update={"link_id": uuid4()}) for _ in range(MOST_LINKS)]
    room = full_house(*links)
    assert code(when(MakeLink(LINK, MIA, NOON, timedelta(hours=1)), room)) is Code.TOO_MANY
    *withdrawn, _ = facts(when(MakeLink(LINK, MIA, later(3600), timedelta(hours=1)), room))
    assert len(withdrawn) == MOST_LINKS


def test_a_moderator_who_comes_back_is_told_why_they_listen_now() -> None:
    lost = ParticipantLeft(room_id=ROOM, user_id=MIA, seat=2, reason=LeftReason.LOST)
    outcome = comes(full_house(lost), MIA)
    assert "You were a moderator here" in result(outcome)["note"]
    again = full_house(lost, *facts(outcome))
    assert again.public.role_of(MIA) is Role.AUDIENCE
    assert again.public.seats[MIA].seat == 9, "a later return is a new seat"
    speaker = ParticipantLeft(room_id=ROOM, user_id=SAM, seat=3, reason=LeftReason.LOST)
    assert "note" not in result(comes(full_house(speaker), SAM))
