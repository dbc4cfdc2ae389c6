"""Taking a seat, keeping it over reconnects, and giving it up."""

from uuid import uuid4

from contracts.problems import Code
from contracts.rooms import (
    HostLost,
    HostTransferred,
    LeftReason,
    ParticipantJoined,
    ParticipantLeft,
    RoomEnded,
    RoomOpened,
)
from services.rooms.domain.commands import (
    Club,
    Connected,
    CountdownDue,
    Disconnected,
    GraceDue,
    Join,
    Leave,
    OpenRoom,
    Remove,
)
from services.rooms.domain.rows import AllOver, Beside, Due, Kind, NoLongerDue, Presence, PresenceGone
from tests.unit.rooms.rooms_given import (
    ANA,
    CONNECTION,
    GUEST,
    HOST,
    MIA,
    NOON,
    OTHER,
    ROOM,
    SAM,
    code,
    facts,
    full_house,
    given,
    joined,
    later,
    opened,
    present,
    result,
    rows,
    when,
)


def test_the_opener_has_the_hosts_seat_and_must_come() -> None:
    outcome = when(OpenRoom(ROOM, HOST, "Jazz at noon", NOON), given())
    assert facts(outcome) == (opened,)
    assert rows(outcome) == (Presence(HOST, 1, None, 0), Due(Kind.GRACE, HOST, later(60), 1))


def test_a_seeded_hosts_seat_waits_and_the_same_room_again_is_no_refusal() -> None:
    seeded = OpenRoom(ROOM, HOST, "Jazz at noon", NOON, seeded=True)
    assert rows(when(seeded, given())) == (Presence(HOST, 1, None, 0, awaited=True),)
    assert result(when(seeded, given(opened)))["created"] is False
    assert code(when(OpenRoom(ROOM, HOST, "Another", NOON, seeded=True), given(opened))) is Code.ALREADY_EXISTS
    assert code(when(OpenRoom(ROOM, SAM, "Jazz at noon", NOON, seeded=True), given(opened))) is Code.ALREADY_EXISTS


def test_a_clubs_room_is_about_what_the_club_is_about_and_opened_by_its_admins() -> None:
    club, other = Club(uuid4(), uuid4(), HOST), uuid4()
    (fact,) = facts(when(OpenRoom(ROOM, HOST, "Jazz", NOON, club=club, topic_id=other), given()))
    assert isinstance(fact, RoomOpened)
    assert fact.topic_id == club.topic_id
    assert code(when(OpenRoom(ROOM, SAM, "Jazz", NOON, club=club), given())) is Code.NOT_CLUB_ADMIN


def test_a_seeded_hosts_grace_begins_when_they_have_connected_not_when_they_join() -> None:
    awaited = Presence(HOST, 1, CONNECTION, 1, awaited=True)
    room = given(opened)
    assert rows(when(Join(HOST, CONNECTION, NOON), room, Beside({HOST: Presence(HOST, 1, None, 0, awaited=True)}))) == (
        awaited,
    )
    assert rows(when(Join(HOST, OTHER, NOON), room, Beside({HOST: awaited}))) == (
        Presence(HOST, 1, OTHER, 2, awaited=True),
    )
    connected, _ = rows(when(Connected(HOST, 1, 1), room, Beside({HOST: awaited})))
    assert connected == Presence(HOST, 1, CONNECTION, 1, connected=True)


def test_everybody_joins_as_audience_in_a_seat_numbered_by_the_fact_with_its_grace_running() -> None:
    outcome = when(Join(ANA, CONNECTION, NOON), given(opened))
    assert facts(outcome) == (ParticipantJoined(room_id=ROOM, user_id=ANA),)
    assert result(outcome) == {"seat": 2, "connection_no": 1}
    assert rows(outcome) == (Presence(ANA, 2, CONNECTION, 1), Due(Kind.GRACE, ANA, later(60), 2, 1))


def test_nobody_joins_a_room_that_is_not_there_or_has_ended() -> None:
    assert code(when(Join(ANA, CONNECTION, NOON), given())) is Code.ROOM_UNKNOWN
    ended = given(opened, RoomEnded(room_id=ROOM, reason="ended"))
    assert code(when(Join(ANA, CONNECTION, NOON), ended)) is Code.ROOM_ENDED


def test_the_same_connection_joins_again_and_nothing_changes() -> None:
    outcome = when(Join(ANA, CONNECTION, NOON), given(opened, joined(ANA)), present(ANA, 2))
    assert (facts(outcome), rows(outcome), result(outcome)) == ((), (), {"seat": 2, "connection_no": 1})


def test_the_same_connection_that_lost_its_line_has_the_whole_grace_for_its_fresh_tickets() -> None:
    gone = present(ANA, 2, connected=False)
    outcome = when(Join(ANA, CONNECTION, later(59)), given(opened, joined(ANA)), gone)
    assert (facts(outcome), result(outcome)) == ((), {"seat": 2, "connection_no": 1})
    assert rows(outcome) == (Presence(ANA, 2, CONNECTION, 1), Due(Kind.GRACE, ANA, later(119), 2, 1))


def test_a_reload_takes_the_seat_back_without_a_fact() -> None:
    gone = present(ANA, 2, connected=False)
    outcome = when(Join(ANA, OTHER, NOON), given(opened, joined(ANA)), gone)
    assert facts(outcome) == ()
    assert result(outcome) == {"seat": 2, "connection_no": 2}
    assert Presence(ANA, 2, OTHER, 2) in rows(outcome)


def test_a_second_tab_is_told_and_takes_over_only_when_it_says_so() -> None:
    room, there = given(opened, joined(ANA)), present(ANA, 2)
    assert code(when(Join(ANA, OTHER, NOON), room, there)) is Code.ELSEWHERE
    assert result(when(Join(ANA, OTHER, NOON, takeover=True), room, there)) == {"seat": 2, "connection_no": 2}


def test_being_connected_stops_the_grace() -> None:
    outcome = when(Connected(ANA, 2, 1), given(opened, joined(ANA)), present(ANA, 2, connected=False))
    assert rows(outcome) == (Presence(ANA, 2, CONNECTION, 1, connected=True), NoLongerDue(Kind.GRACE, ANA))


def test_losing_the_line_starts_the_grace_from_rooms_own_time() -> None:
    outcome = when(Disconnected(ANA, 2, 1, NOON), given(opened, joined(ANA)), present(ANA, 2))
    assert rows(outcome) == (Presence(ANA, 2, CONNECTION, 1), Due(Kind.GRACE, ANA, later(60), 2, 1))


def test_the_end_of_an_older_connection_or_seat_says_nothing() -> None:
    room, newer = given(opened, joined(ANA)), present(ANA, 2, number=2)
    assert rows(when(Disconnected(ANA, 2, 1, NOON), room, newer)) == ()
    assert rows(when(Disconnected(ANA, 1, 2, NOON), room, newer)) == ()
    assert rows(when(Connected(ANA, 2, 1), room, newer)) == ()


def test_after_the_grace_the_seat_and_the_person_are_gone() -> None:
    room = given(opened, joined(ANA))
    outcome = when(GraceDue(ANA, 2, 1, later(61)), room, present(ANA, 2, connected=False))
    assert facts(outcome) == (ParticipantLeft(room_id=ROOM, user_id=ANA, seat=2, reason=LeftReason.LOST),)
    assert rows(outcome) == (PresenceGone(ANA),)


def test_whoever_came_back_meanwhile_keeps_the_seat() -> None:
    room = given(opened, joined(ANA))
    for beside in (present(ANA, 2), present(ANA, 2, number=2, connected=False)):
        outcome = when(GraceDue(ANA, 2, 1, later(61)), room, beside)
        assert (facts(outcome), rows(outcome)) == ((), (NoLongerDue(Kind.GRACE, ANA, later(61)),))


def test_leaving_gives_the_seat_up_and_a_later_return_is_a_new_one() -> None:
    left = ParticipantLeft(room_id=ROOM, user_id=ANA, seat=2, reason=LeftReason.LEFT)
    room = given(opened, joined(ANA))
    assert facts(when(Leave(ANA, NOON), room, present(ANA, 2))) == (left,)
    assert result(when(Join(ANA, CONNECTION, NOON), given(opened, joined(ANA), left)))["seat"] == 4


def test_a_tab_that_lost_its_seat_to_another_does_not_end_it() -> None:
    outcome = when(Leave(ANA, NOON, connection=OTHER), given(opened, joined(ANA)), present(ANA, 2))
    assert (facts(outcome), rows(outcome)) == ((), ())


def test_the_removed_may_come_back_after_ten_minutes() -> None:
    room = full_house(*facts(when(Remove(ANA, MIA, NOON), full_house())))
    assert code(when(Join(ANA, CONNECTION, later(599)), room)) is Code.REMOVED
    assert result(when(Join(ANA, CONNECTION, later(600)), room))["connection_no"] == 1


def test_a_lost_hosts_keys_go_to_the_longest_serving_moderator() -> None:
    _left, handed = facts(when(GraceDue(HOST, 1, 1, NOON), full_house(), present(HOST, 1, connected=False)))
    assert isinstance(handed, HostTransferred)
    assert (handed.from_id, handed.to_id) == (HOST, MIA)


def test_without_a_moderator_everybody_sees_a_countdown_and_then_the_room_ends() -> None:
    room = given(opened, joined(ANA))
    outcome = when(GraceDue(HOST, 1, 1, NOON), room, present(HOST, 1, connected=False))
    left, lost = facts(outcome)
    assert isinstance(lost, HostLost)
    assert lost.ends_at == later(300)
    assert Due(Kind.COUNTDOWN, HOST, later(300)) in rows(outcome)
    hostless = given(opened, joined(ANA), left, lost)
    assert facts(when(CountdownDue(later(299)), hostless)) == ()
    gone, ended = facts(when(CountdownDue(later(300)), hostless))
    assert isinstance(gone, ParticipantLeft)
    assert isinstance(ended, RoomEnded)


def test_a_host_who_leaves_an_empty_room_ends_it() -> None:
    outcome = when(Leave(HOST, NOON), given(opened), present(HOST, 1))
    assert [fact.type for fact in facts(outcome)] == ["room.participant_left.v1", "room.ended.v1"]
    assert rows(outcome) == (AllOver(),)


def test_a_guest_opens_nothing() -> None:
    assert code(when(OpenRoom(ROOM, GUEST, "Mine", NOON, guest=True), given())) is Code.GUESTS_LISTEN
    assert code(when(OpenRoom(ROOM, SAM, "Jazz", NOON), given(opened))) is Code.ALREADY_EXISTS
