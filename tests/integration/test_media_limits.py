"""More people than a node can take, and people who only pretend to come: whoever has sound keeps it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from uuid import uuid4

import pytest

from contracts.roles import Role
from tests.integration.media_house import LOOPS, House, LoopName, alone, opened
from tests.media_client import MediaClient
from tests.media_client.half_open import HalfOpen

HELLOS_A_SECOND, HALF_OPEN = 1_000, 40
SENTENCE_SECONDS = 3.0
ROOMS = 60


@asynccontextmanager
async def half_open(house: House, seat: int) -> AsyncIterator[HalfOpen]:
    client = HalfOpen()
    answer = await house.offer(client, seat, Role.AUDIENCE, uuid4())
    connecting = asyncio.create_task(client.connect(answer.json()["answer"], host="127.0.0.1"))
    await client.hello
    yield client
    connecting.cancel()
    with suppress(asyncio.CancelledError, TimeoutError):
        await connecting
    client.vanish()


async def test_a_full_node_refuses_with_a_time_to_come_back_and_takes_who_was_here_again() -> None:
    async with opened(alone("python", most_sessions=2)) as house:
        rick, _ = await house.enter(1, Role.HOST), await house.enter(2)
        answer = await house.offer(MediaClient(), 3, Role.AUDIENCE, uuid4())
        assert (answer.status_code, answer.json()["code"]) == (503, "node_full")
        assert int(answer.headers["Retry-After"]) > 0
        await house.enter(1, Role.HOST, user=rick.user_id, number=2)  # a reload takes no place more
        await house.guests[1].client.close()
        await asyncio.sleep(0.1)
        await house.enter(3)


async def test_who_comes_while_too_many_are_only_half_in_is_asked_to_wait() -> None:
    async with opened(alone("python", most_joining=1)) as house:
        await house.enter(1)
        async with half_open(house, 2):
            answer = await house.offer(MediaClient(), 3, Role.AUDIENCE, uuid4())
            assert (answer.status_code, answer.json()["code"]) == (503, "node_full")


@pytest.mark.parametrize("loop", LOOPS)
async def test_a_thousand_half_open_handshakes_a_second_leave_running_sound_untouched(loop: LoopName) -> None:
    async with opened(alone(loop, silence_seconds=30)) as house, AsyncExitStack() as crowd:
        speaker, listener = await house.enter(1, Role.HOST), await house.enter(2)
        clients = [await crowd.enter_async_context(half_open(house, seat)) for seat in range(3, 3 + HALF_OPEN)]
        flood = asyncio.create_task(_flood(clients))
        await speaker.client.speak(SENTENCE_SECONDS)
        late = await house.enter(100)  # and one more comes in through them
        flood.cancel()
        said = round(SENTENCE_SECONDS * 50)
        heard = await listener.client.hears(said)
        assert [one.sequence for one in heard] == list(range(heard[0].sequence, heard[0].sequence + said))
        assert late.client.state == "connected"


async def _flood(clients: list[HalfOpen]) -> None:
    while True:
        for client in clients:
            client.again()
        await asyncio.sleep(len(clients) / HELLOS_A_SECOND)


async def test_a_node_of_many_rooms_asks_for_them_a_few_at_a_time_while_their_owner_is_away() -> None:
    asked = 0

    def hang_up(_: asyncio.StreamReader, owner: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        owner.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as away:
        port = away.sockets[0].getsockname()[1]
        settings = alone("python").model_copy(update={"rooms_url": f"http://127.0.0.1:{port}"})
        async with opened(settings) as house:
            for _ in range(ROOMS):
                house.room_id = uuid4()
                assert (await house.offer(MediaClient(), 1, Role.HOST, uuid4())).status_code == 201
            await asyncio.sleep(1.5)
            assert 0 < asked < ROOMS
