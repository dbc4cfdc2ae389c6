from aioice import stun
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.media.engine.peer import AMPLIFICATION, MOST_ADDRESSES
from services.media.engine.plane import Address, Record
from tests.unit.media.people import House, check, credentials

HOME, CAFE, SIX = ("192.0.2.10", 5_000), ("192.0.2.20", 6_000), ("2001:db8::7", 7_000)
DTLS = b"\x16\xfe\xfd" + bytes(20)


def unsigned(seat: int) -> bytes:
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = f"ours{seat}-1:theirs{seat}"
    return bytes(message)


def answered(house: House, datagram: bytes, address: Address) -> bool:
    """Whether it is answered, and to where it came from."""
    before = len(house.sent)
    house.plane.receive(datagram, address, house.now)
    assert {to for _, to in house.sent[before:]} <= {address}
    return len(house.sent) > before


def sound_goes_to(house: House, session: int) -> Address:
    """Where a session's DTLS is sent."""
    house.plane.send(session, DTLS)
    return house.sent[-1][1]


def test_a_signed_check_is_answered_with_where_it_came_from(house: House) -> None:
    alice, house.now = house.expect(1), 7.0
    for address in (HOME, SIX):
        assert answered(house, check(credentials(1)), address)
        answer = stun.parse_message(house.sent[-1][0])
        assert answer.attributes["XOR-MAPPED-ADDRESS"] == address
        assert answer.check_message_integrity(credentials(1).local_password.encode())
        assert sound_goes_to(house, alice) == address
    assert house.plane.heard_at(alice) == 7.0


def test_a_check_with_another_password_is_not_answered(house: House) -> None:
    alice = house.expect(1)
    assert not answered(house, check(credentials(1), password="guess"), HOME)
    assert house.plane.heard_at(alice) is None
    assert house.plane.counts["refused_check"] == 1


def test_a_check_without_a_signature_is_not_answered(house: House) -> None:
    house.expect(1)
    assert not answered(house, unsigned(1), HOME)


def test_a_check_with_a_wrong_fingerprint_is_not_answered(house: House) -> None:
    house.expect(1)
    wrong = bytearray(check(credentials(1)))
    wrong[-1] ^= 1
    assert not answered(house, bytes(wrong), HOME)
    assert not answered(house, bytes(wrong[:-8]), HOME), "it is cut off, and the length is another"


def test_both_halves_of_the_username_must_be_right(house: House) -> None:
    house.expect(1)
    assert not answered(house, check(credentials(1), username="ours1-1:someone"), HOME)
    assert not answered(house, check(credentials(1), username="ours1-1"), HOME)


def test_anothers_valid_check_takes_no_address_over(house: House) -> None:
    alice, mallory = house.expect(1), house.expect(2)
    assert answered(house, check(credentials(1)), HOME)
    assert not answered(house, check(credentials(2)), HOME)
    house.plane.receive(DTLS, HOME, house.now)
    assert house.told() == [Record(alice, DTLS)]
    assert house.plane.heard_at(mallory) is None


def test_an_address_is_free_again_when_its_session_has_ended(house: House) -> None:
    alice, bob = house.expect(1), house.expect(2)
    assert answered(house, check(credentials(1)), HOME)
    house.plane.silence(alice, house.now)
    house.plane.remove(alice)
    assert answered(house, check(credentials(2)), HOME)
    house.plane.receive(DTLS, HOME, house.now)
    assert house.told() == [Record(bob, DTLS)]


def test_the_sound_moves_only_when_the_client_nominates(house: House) -> None:
    alice = house.expect(1)
    assert answered(house, check(credentials(1)), HOME)
    assert answered(house, check(credentials(1), nominate=False), CAFE)
    assert sound_goes_to(house, alice) == HOME
    assert answered(house, check(credentials(1)), CAFE)
    assert sound_goes_to(house, alice) == CAFE


def test_after_a_restart_only_the_new_credentials_count_and_sound_stays_until_they_are_used(house: House) -> None:
    alice = house.expect(1)
    assert answered(house, check(credentials(1)), HOME)
    house.plane.renew(alice, credentials(1, generation=2))
    assert not answered(house, check(credentials(1)), CAFE)
    assert sound_goes_to(house, alice) == HOME
    assert answered(house, check(credentials(1, generation=2)), CAFE)
    assert sound_goes_to(house, alice) == CAFE


def test_a_client_keeps_a_bounded_number_of_addresses_and_among_them_its_own(house: House) -> None:
    house.expect(1)
    assert answered(house, check(credentials(1)), HOME)
    others: list[Address] = [("192.0.2.30", port) for port in range(1_000, 1_100)]
    for address in others:
        assert answered(house, check(credentials(1), nominate=False), address)
    for address in (HOME, *others):
        house.plane.receive(DTLS, address, house.now)
    assert len(house.told()) == MOST_ADDRESSES
    assert house.plane.counts["unknown_address"] == 101 - MOST_ADDRESSES


def test_dtls_is_taken_only_from_an_address_that_was_proven(house: House) -> None:
    alice = house.expect(1)
    house.plane.receive(DTLS, HOME, house.now)
    assert house.told() == []
    assert answered(house, check(credentials(1)), HOME)
    house.plane.receive(DTLS, HOME, house.now)
    assert house.told() == [Record(alice, DTLS)]


def test_before_dtls_is_done_less_than_three_times_is_sent_of_what_came(house: House) -> None:
    alice, came = house.expect(1), 0
    for _ in range(3):
        request = check(credentials(1))
        house.plane.receive(request, HOME, house.now)
        house.plane.receive(DTLS, HOME, house.now)
        came += len(request) + len(DTLS)
        for _ in range(5):
            house.plane.send(alice, bytes([22]) * 100)
    went = sum(len(datagram) for datagram, _ in house.sent)
    assert AMPLIFICATION * came - 100 <= went <= AMPLIFICATION * came
    assert house.plane.counts["held_back"] > 0


def test_to_a_session_without_an_address_nothing_is_sent(house: House) -> None:
    house.plane.send(house.expect(1), DTLS)
    house.plane.send(7_777, DTLS)
    assert house.sent == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.binary(max_size=80), first=st.sampled_from([0, 1, 2, 3, 20, 22, 63, 64, 128, 144, 191, 192, 255]))
def test_no_bytes_whatever_raise_anything(house: House, noise: bytes, first: int) -> None:
    if house.plane.heard_at(1) is None:
        house.expect(1)
        house.plane.receive(check(credentials(1)), HOME, 1.0)
    whole = check(credentials(1))
    for datagram in (bytes([first]) + noise, noise, whole[: len(noise)] + noise + whole[len(noise) :]):
        house.plane.receive(datagram, HOME, 2.0)
    house.plane.tick(2.0, 1.8e9)
    house.plane.told()
