from random import Random

from aioice import stun
from hypothesis import given, settings
from hypothesis import strategies as st

from services.media.engine.ingress import Handshake, Ingress, Reply
from services.media.engine.listener import Address
from services.media.engine.participant import MOST_ADDRESSES, Participant
from services.media.engine.routes import Routes
from services.media.engine.sessions import Sessions
from tests.unit.media.people import ROOM, participant

HOME, CAFE = ("192.0.2.10", 5_000), ("192.0.2.20", 6_000)


def check(who: Participant, password: str | None = None, username: str | None = None, nominate: bool = True) -> bytes:
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = username or f"{who.ice.local_ufrag}:{who.ice.remote_ufrag}"
    if nominate:
        message.attributes["USE-CANDIDATE"] = None
    message.add_message_integrity((password or who.ice.local_password).encode())
    return bytes(message)


def unsigned(who: Participant) -> bytes:
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = f"{who.ice.local_ufrag}:{who.ice.remote_ufrag}"
    return bytes(message)


def house(*people: Participant) -> tuple[Ingress, Routes]:
    routes, sessions = (
        Routes(),
        Sessions(Random(1).getrandbits, print),
    )
    sessions.room(ROOM, 0.0)
    for who in people:
        sessions.add(who)
        routes.add(who)
    return Ingress(routes, sessions), routes


def test_a_signed_check_is_answered_with_where_it_came_from() -> None:
    alice = participant(1)
    ingress, _ = house(alice)
    outcome = ingress.receive(check(alice), HOME, 7.0)
    assert isinstance(outcome, Reply)
    answer = stun.parse_message(outcome.datagram)
    assert answer.attributes["XOR-MAPPED-ADDRESS"] == HOME
    assert answer.check_message_integrity(alice.ice.local_password.encode())
    assert (alice.listener.address, alice.last_heard) == (HOME, 7.0)


def test_a_check_with_another_password_is_not_answered() -> None:
    alice = participant(1)
    ingress, routes = house(alice)
    assert ingress.receive(check(alice, password="guess"), HOME, 7.0) is None
    assert routes.at(HOME) is None
    assert alice.last_heard == 0.0


def test_a_check_without_a_signature_is_not_answered() -> None:
    alice = participant(1)
    ingress, _ = house(alice)
    assert ingress.receive(unsigned(alice), HOME, 7.0) is None


def test_both_halves_of_the_username_must_be_right() -> None:
    alice = participant(1)
    ingress, _ = house(alice)
    assert ingress.receive(check(alice, username="ours1:someone"), HOME, 7.0) is None
    assert ingress.receive(check(alice, username="ours1"), HOME, 7.0) is None


def test_anothers_valid_check_takes_no_address_over() -> None:
    alice, mallory = participant(1), participant(2)
    ingress, routes = house(alice, mallory)
    ingress.receive(check(alice), HOME, 1.0)
    assert ingress.receive(check(mallory), HOME, 2.0) is None
    assert routes.at(HOME) is alice
    assert mallory.listener.address is None


def test_an_address_is_free_again_when_its_session_has_ended() -> None:
    alice, bob = participant(1), participant(2)
    ingress, routes = house(alice, bob)
    ingress.receive(check(alice), HOME, 1.0)
    routes.remove(alice)
    assert ingress.receive(check(bob), HOME, 2.0) is not None
    assert routes.at(HOME) is bob


def test_the_sound_moves_only_when_the_client_nominates() -> None:
    alice = participant(1)
    ingress, _ = house(alice)
    ingress.receive(check(alice), HOME, 1.0)
    ingress.receive(check(alice, nominate=False), CAFE, 2.0)
    assert alice.listener.address == HOME
    ingress.receive(check(alice), CAFE, 3.0)
    assert alice.listener.address == CAFE


def test_a_client_keeps_a_bounded_number_of_addresses_and_among_them_its_own() -> None:
    alice = participant(1)
    ingress, routes = house(alice)
    ingress.receive(check(alice), HOME, 1.0)
    others: list[Address] = [("192.0.2.30", port) for port in range(1_000, 1_100)]
    for address in others:
        ingress.receive(check(alice, nominate=False), address, 2.0)
    assert len(alice.addresses) == MOST_ADDRESSES
    assert routes.at(HOME) is alice
    assert sum(routes.at(address) is alice for address in others) == MOST_ADDRESSES - 1


def test_dtls_is_taken_only_from_an_address_that_was_proven() -> None:
    alice = participant(1)
    ingress, _ = house(alice)
    assert ingress.receive(b"\x16\xfe\xfd" + bytes(20), HOME, 1.0) is None
    ingress.receive(check(alice), HOME, 1.0)
    assert ingress.receive(b"\x16\xfe\xfd" + bytes(20), HOME, 1.0) == Handshake(alice, b"\x16\xfe\xfd" + bytes(20))


@settings(max_examples=150, deadline=None)
@given(noise=st.binary(max_size=80), first=st.sampled_from([0, 1, 2, 3, 20, 22, 63, 64, 128, 144, 191, 192, 255]))
def test_no_bytes_whatever_raise_anything(noise: bytes, first: int) -> None:
    alice = participant(1)
    ingress, _ = house(alice)
    ingress.receive(check(alice), HOME, 1.0)
    ingress.receive(bytes([first]) + noise, HOME, 2.0)
    ingress.receive(noise, HOME, 2.0)
    whole = check(alice)
    ingress.receive(whole[: len(noise)] + noise + whole[len(noise) :], HOME, 2.0)
