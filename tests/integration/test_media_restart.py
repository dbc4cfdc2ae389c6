"""A phone walks from one network to another: the media app alone."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from contracts.roles import Role
from tests.integration.media_house import LOOPS, House, alone, opened


@pytest.fixture(params=LOOPS)
async def house(request: pytest.FixtureRequest) -> AsyncIterator[House]:
    async with opened(alone(request.param)) as house:
        yield house


async def test_a_speaker_and_a_listener_move_and_both_go_on_in_the_same_slot(house: House) -> None:
    speaker, listener = await house.enter(1, Role.HOST), await house.enter(2)
    await speaker.client.speak(0.2)
    await listener.client.hears(10)
    for guest in (speaker, listener):
        await guest.client.move()
        answer = await house.restart(guest)
        assert answer.status_code == 200, answer.text
        await guest.client.restart(answer.json()["fragment"])
    await speaker.client.speak(0.2)
    heard = await listener.client.hears(20)
    assert {(one.slot, one.seat) for one in heard} == {(0, 1)}
    assert [one.sequence for one in heard] == list(range(heard[0].sequence, heard[0].sequence + 20))


async def test_sound_goes_on_where_it_is_until_a_check_with_the_new_credentials_moves_it(house: House) -> None:
    speaker, listener = await house.enter(1, Role.HOST), await house.enter(2)
    assert (await house.restart(listener)).status_code == 200
    await speaker.client.speak(0.2)
    await listener.client.hears(10)


async def test_the_old_credentials_count_no_more(house: House) -> None:
    guest = await house.enter(1)
    await house.restart(guest)
    await guest.client.move()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await guest.client.checked()


async def test_each_restart_has_an_etag_of_its_own_and_an_older_one_is_stale(house: House) -> None:
    guest = await house.enter(1)
    first = (await house.restart(guest)).json()["etag"]
    second = (await house.restart(guest, f'"{first}"')).json()["etag"]
    assert second != first
    late = await house.restart(guest, f'"{first}"')
    assert (late.status_code, late.json()["code"]) == (412, "stale")


async def test_mere_candidates_are_taken_without_an_answer(house: House) -> None:
    guest = await house.enter(1)
    answer = await house.restart(guest, fragment="m=audio 9 RTP/AVP 0\r\na=mid:0\r\na=end-of-candidates\r\n")
    assert (answer.status_code, answer.json()["fragment"]) == (200, None)


async def test_what_is_no_fragment_and_a_session_that_is_gone_are_told_so(house: House) -> None:
    guest = await house.enter(1)
    odd = await house.restart(guest, fragment="v=0")
    assert (odd.status_code, odd.json()["code"]) == (400, "invalid_sdp")
    await house.http.delete(f"/internal/sessions/{guest.session_id}")
    gone = await house.restart(guest)
    assert (gone.status_code, gone.json()["code"]) == (404, "not_found")
