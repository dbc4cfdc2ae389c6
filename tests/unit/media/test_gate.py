import itertools

import pytest

from contracts.roles import Role
from services.media.engine.gate import Gate, Standing
from services.media.engine.rollover import RollOver

SEAT = 5


def word(role: Role | None, seq: int, muted: bool = False, seat: int = SEAT) -> Standing:
    return Standing(seat, role, muted, seq)


def gate(*words: Standing) -> Gate:
    gate = Gate()
    for one in words:
        gate.tell(one)
    return gate


def test_of_whom_the_room_said_nothing_nobody_hears() -> None:
    assert not Gate().heard(SEAT)


@pytest.mark.parametrize("role", [Role.HOST, Role.MODERATOR, Role.SPEAKER])
def test_whoever_is_on_stage_is_heard(role: Role) -> None:
    assert gate(word(role, 10)).heard(SEAT)


def test_the_audience_is_not_heard() -> None:
    assert not gate(word(Role.AUDIENCE, 10)).heard(SEAT)


def test_whoever_a_moderator_muted_is_not_heard() -> None:
    assert not gate(word(Role.HOST, 10, muted=True)).heard(SEAT)


def test_the_greater_seq_wins_whichever_comes_first() -> None:
    assert not gate(word(Role.SPEAKER, 10), word(Role.AUDIENCE, 11)).heard(SEAT)
    assert not gate(word(Role.AUDIENCE, 11), word(Role.SPEAKER, 10)).heard(SEAT)


def test_whoever_is_not_on_the_list_is_out() -> None:
    room = gate(word(Role.SPEAKER, 10))
    room.tell_all(12, [word(Role.SPEAKER, 12, seat=6)])
    assert room.out(SEAT)
    assert room.heard(6)


def test_whoever_came_after_the_list_is_not_out() -> None:
    room = gate(word(Role.SPEAKER, 14, seat=13))
    room.tell_all(12, [])
    assert room.heard(13)


def test_an_offer_older_than_the_list_does_not_bring_anyone_back() -> None:
    room = Gate()
    room.tell_all(12, [])
    room.tell(word(Role.HOST, 10))
    assert room.out(SEAT)
    assert not room.heard(SEAT)


def test_an_older_list_changes_nothing() -> None:
    room = gate(word(Role.SPEAKER, 20))
    room.tell_all(12, [word(Role.AUDIENCE, 12)])
    assert room.heard(SEAT)


def test_who_left_is_forgotten_but_stays_out() -> None:
    room = gate(word(Role.SPEAKER, 10))
    room.tell_changes(11, [word(None, 11)])
    assert room.out(SEAT)
    room.tell(word(Role.SPEAKER, 10))
    assert room.out(SEAT)


def test_behind_a_shut_gate_at_least_one_packet_in_8192_is_decrypted() -> None:
    roll_over, decrypted = RollOver(), []
    for count in range(70_000):
        if roll_over.due(ssrc=7, sequence=count & 0xFFFF):
            roll_over.decrypted(7, count & 0xFFFF)
            decrypted.append(count)
    gaps = [later - earlier for earlier, later in itertools.pairwise(decrypted)]
    assert decrypted[0] == 0
    assert max(gaps) <= 8_192
    assert len(decrypted) < 20


def test_a_ninth_source_of_one_session_is_not_admitted() -> None:
    roll_over = RollOver()
    for ssrc in range(8):
        assert roll_over.admits(ssrc)
        roll_over.decrypted(ssrc, 0)
    assert not roll_over.admits(8)
    assert roll_over.admits(0)
