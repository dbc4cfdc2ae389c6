"""What the directory tells about people, in the rooms that they are in."""

from uuid import UUID, uuid4

from contracts.problems import Code
from contracts.rooms import (
    GuestRegistered,
    HandRaised,
    HostLost,
    HostTransferred,
    LeftReason,
    ParticipantLeft,
    RoleReason,
    RoomOpened,
    RoomScheduled,
)
from services.rooms.domain.commands import BannedByClub, Erased, Join, OpenPlanned, RaiseHand, Registered
from services.rooms.domain.rows import Beside, PresenceGone
from services.rooms.domain.state import Room
from tests.unit.rooms.rooms_given import (
    ANA,
    CONNECTION,
    FULL_HOUSE,
    GUEST,
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
    rows,
    when,
)

CLUB, ADMIN = uuid4(), uuid4()
in_club = RoomOpened(room_id=ROOM, host_id=HOST, name="Jazz at noon", club_id=CLUB)


def clubs_room() -> Room:
    return given(in_club, *FULL_HOUSE[1:])


def banned(user: UUID, club: UUID = CLUB) -> BannedByClub:
    return BannedByClub(user, club, ADMIN, NOON)


def left(user: UUID, seat: int, reason: LeftReason, by: UUID | None = None) -> ParticipantLeft:
    return ParticipantLeft(room_id=ROOM, user_id=user, seat=seat, reason=reason, by=by)


def test_whom_a_club_bans_is_out_of_its_rooms() -> None:
    outcome = when(banned(SAM), clubs_room())
    assert facts(outcome) == (left(SAM, 3, LeftReason.BANNED, ADMIN),)
    assert rows(outcome) == (PresenceGone(SAM),)


def test_a_ban_of_another_club_or_of_somebody_elsewhere_changes_nothing() -> None:
    assert facts(when(banned(SAM, uuid4()), clubs_room())) == ()
    assert facts(when(banned(SAM), full_house())) == ()
    assert facts(when(banned(uuid4()), clubs_room())) == ()


def test_of_a_banned_host_the_keys_go_to_a_moderator() -> None:
    handed = HostTransferred(room_id=ROOM, from_id=HOST, to_id=MIA, reason=RoleReason.HOST_LOST)
    assert facts(when(banned(HOST), clubs_room())) == (left(HOST, 1, LeftReason.BANNED, ADMIN), handed)


def test_who_is_banned_by_the_club_does_not_come_in_not_even_for_their_own_keys() -> None:
    out = Beside(kept_out=frozenset({SAM, HOST}))
    room = given(in_club, *FULL_HOUSE[1:], *facts(when(banned(HOST), clubs_room())))
    assert code(when(Join(HOST, CONNECTION, later(1)), room, out)) is Code.CLUB_BANNED
    assert code(when(Join(SAM, CONNECTION, NOON), given(in_club), out)) is Code.CLUB_BANNED


def test_nor_does_their_planned_room_open_for_them() -> None:
    planned = RoomScheduled(room_id=ROOM, host_id=HOST, name="Jazz", club_id=CLUB, scheduled_for=later(600))
    out = Beside(kept_out=frozenset({HOST}))
    assert code(when(OpenPlanned(HOST, NOON), given(planned), out)) is Code.CLUB_BANNED


def test_a_guest_with_an_account_raises_a_hand_in_the_same_seat() -> None:
    registered = GuestRegistered(room_id=ROOM, user_id=GUEST)
    assert code(when(RaiseHand(GUEST), full_house())) is Code.GUESTS_LISTEN
    assert facts(when(Registered(GUEST), full_house())) == (registered,)
    after = full_house(registered)
    assert facts(when(RaiseHand(GUEST), after)) == (HandRaised(room_id=ROOM, user_id=GUEST),)
    assert (after.public.seats[GUEST].seat, facts(when(Registered(GUEST), after))) == (5, ())


def test_others_who_register_change_nothing_in_a_room() -> None:
    for user in (ANA, uuid4()):
        assert facts(when(Registered(user), full_house())) == ()


def test_whoever_is_erased_leaves_quietly() -> None:
    assert facts(when(Erased(ANA, NOON), full_house())) == (left(ANA, 4, LeftReason.LEFT),)
    assert facts(when(Erased(uuid4(), NOON), full_house())) == ()


def test_without_its_erased_host_a_room_waits_for_somebody_to_take_the_keys() -> None:
    alone = given(in_club, joined(ANA))
    gone, lost = facts(when(Erased(HOST, NOON), alone))
    assert gone == left(HOST, 1, LeftReason.LEFT)
    assert isinstance(lost, HostLost)
