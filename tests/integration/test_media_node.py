"""The media app alone, on real sockets, with Kafka and rooms away: sound depends on neither."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from aioice import stun

from contracts.roles import Role
from services.media import udp
from tests.integration.media_house import LOOPS, SILENCE_SECONDS, House, alone, opened
from tests.media_client import MediaClient


@pytest.fixture(params=LOOPS)
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """With each of the two loops."""
    async with opened(alone(request.param)) as house:
        yield house


async def silence(*clients: MediaClient) -> None:
    """Let what is under way arrive, then forget what was heard."""
    await asyncio.sleep(0.1)
    for client in clients:
        client.heard.clear()


async def test_two_listeners_hear_one_speaker(house: House) -> None:
    speaker, near, far = await house.enter(1, Role.HOST), await house.enter(2), await house.enter(3)
    await speaker.client.speak(0.5)
    for listener in (near, far):
        heard = await listener.client.hears(25)
        assert {(one.slot, one.seat) for one in heard} == {(0, 1)}
        assert [one.sequence for one in heard] == list(range(heard[0].sequence, heard[0].sequence + 25))
    assert speaker.client.heard == []


async def test_the_gate_shuts_and_opens_by_the_rooms_word(house: House) -> None:
    speaker, listener = await house.enter(1, Role.HOST), await house.enter(2)
    await speaker.client.speak(0.2)
    await listener.client.hears(10)
    await house.say(11, [(speaker, Role.HOST, True), (listener, Role.AUDIENCE, False)])
    await silence(listener.client)
    await speaker.client.speak(0.3)
    assert listener.client.heard == []
    await house.say(12, [(speaker, Role.HOST, False), (listener, Role.AUDIENCE, False)])
    await speaker.client.speak(0.2)
    assert await listener.client.hears(10)


async def test_a_reload_replaces_the_session_and_goes_on_in_the_same_slot(house: House) -> None:
    speaker, listener = await house.enter(1, Role.HOST), await house.enter(2)
    await speaker.client.speak(0.2)
    again = await house.enter(1, Role.HOST, user=speaker.user_id, number=2)
    await asyncio.sleep(0.1)
    assert speaker.client.state == "closed"
    await again.client.speak(0.2)
    heard = await listener.client.hears(20)
    assert [one.sequence for one in heard] == list(range(heard[0].sequence, heard[0].sequence + 20))
    late = await house.offer(MediaClient(), 1, Role.HOST, speaker.user_id, number=1)
    assert (late.status_code, late.json()["code"]) == (409, "superseded")


async def test_hanging_up_is_silence_at_once_and_harmless_when_repeated(house: House) -> None:
    speaker, listener = await house.enter(1, Role.HOST), await house.enter(2)
    for _ in range(2):
        assert (await house.http.delete(f"/internal/sessions/{speaker.session_id}")).status_code == 204
    await speaker.client.speak(0.2)
    assert listener.client.heard == []


async def test_who_is_not_in_the_room_any_more_loses_sound_at_once(house: House) -> None:
    host, removed = await house.enter(1, Role.HOST), await house.enter(2)
    await house.say(11, [(host, Role.HOST, False)])
    await asyncio.sleep(0.1)
    assert removed.client.state == "closed"
    again = await house.offer(MediaClient(), 2, Role.AUDIENCE, removed.user_id, number=2)
    assert (again.status_code, again.json()["code"]) == (409, "not_in_room")


async def test_a_goodbye_and_a_silence_both_end_a_session(house: House) -> None:
    polite, crashed, steady = await house.enter(1), await house.enter(2), await house.enter(3)
    assert await house.alive(polite, crashed, steady) == [1, 2, 3]
    await polite.client.close()
    crashed.client.vanish()
    for _ in range(round(SILENCE_SECONDS / 0.25) + 4):
        await asyncio.sleep(0.25)
        steady.client.check()
    assert await house.alive(polite, crashed, steady) == [3]


async def test_a_stranger_sending_anothers_packets_is_not_heard(house: House) -> None:
    speaker, listener = await house.enter(1, Role.HOST), await house.enter(2)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.sendto(speaker.client.packet(), speaker.client.target)
        for noise in (b"", b"\x00", b"\x80", b"\x80\x6f" + bytes(40), b"\x16\xfe\xfd", bytes(1_400)):
            stranger.sendto(noise, speaker.client.target)
    await asyncio.sleep(0.1)
    assert listener.client.heard == []
    speaker.client.say()
    assert len(await listener.client.hears(1)) == 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"offer": "hello"}, 400, "invalid_sdp"),
        ({"offer": 7}, 400, "invalid_input"),
        ({"seat": 0}, 400, "invalid_input"),
        ({"role": "KING"}, 400, "invalid_input"),
    ],
)
async def test_what_cannot_be_answered_is_said(house: House, changes: dict[str, Any], status: int, code: str) -> None:
    body = {
        "offer": MediaClient().offer,
        "from_loopback": False,
        "user_id": str(uuid4()),
        "seat": 1,
        "connection_no": 1,
        "role": "AUDIENCE",
        "muted": False,
        "seq": 1,
    }
    answer = await house.http.post(f"/internal/rooms/{house.room_id}/sessions", json={**body, **changes})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_an_offer_without_a_bundle_is_unacceptable(house: House) -> None:
    client = MediaClient()
    client.offer = client.offer.replace("a=group:BUNDLE 0 1 2 3\r\n", "")
    answer = await house.offer(client, 1, Role.AUDIENCE, uuid4())
    assert (answer.status_code, answer.json()["code"]) == (422, "unacceptable_offer")


async def test_only_services_are_let_in(house: House) -> None:
    answer = await house.http.post("/internal/liveness", json={"seats": []}, headers={"Authorization": "Bearer x"})
    assert answer.status_code == 401


async def test_sound_follows_a_client_from_ipv4_to_ipv6(house: House) -> None:
    speaker, listener = await house.enter(1, Role.HOST), await house.enter(2)
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as six:
        six.setblocking(False)
        try:
            six.sendto(listener.client.checking(), ("::1", listener.client.target[1]))
        except OSError:
            assert udp.bound(0)[1] is None, "without IPv6 the node does without, too"
            return
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(5):
            answer = stun.parse_message(await loop.sock_recv(six, 1_500))
            assert answer.attributes["XOR-MAPPED-ADDRESS"] == ("::1", six.getsockname()[1])
            speaker.client.say()
            listener.client.datagram_received(await loop.sock_recv(six, 1_500), None)
    assert [one.seat for one in listener.client.heard] == [1]
