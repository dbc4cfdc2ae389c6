"""Who talks, as open hallways are told: what media measured, and only of rooms that the viewer may know of."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import pytest
from aiokafka import AIOKafkaProducer

from contracts.base import Envelope
from contracts.cloudevents import headers_of
from contracts.kafka import MEDIA_EVENTS
from contracts.media import SpeakingStarted, SpeakingStopped
from contracts.rooms import Policy
from hallway.stack import Stack
from tests.integration.telling import ToldRoom
from tests.integration.viewing import Viewer, says, watching
from tests.people import register
from tests.waiting import until

NewRoom = Callable[[], ToldRoom]
Measure = Callable[[SpeakingStarted | SpeakingStopped], Awaitable[None]]


@pytest.fixture
async def measure(stack: Stack) -> AsyncIterator[Measure]:
    """What a media node would tell."""
    async with AIOKafkaProducer(bootstrap_servers=stack.kafka) as kafka:

        async def tell(fact: SpeakingStarted | SpeakingStopped) -> None:
            envelope = Envelope[SpeakingStarted | SpeakingStopped](
                id=uuid4(), source="/media", stream=fact.room_id, version=None, at=datetime.now(UTC), fact=fact
            )
            await kafka.send_and_wait(
                MEDIA_EVENTS.name,
                value=fact.model_dump_json().encode(),
                key=str(fact.room_id).encode(),
                partition=MEDIA_EVENTS.partition_of(fact.room_id),
                headers=headers_of(envelope, fact.type),
            )

        yield tell


def starts(room: ToldRoom, user: UUID) -> SpeakingStarted:
    return SpeakingStarted(room_id=room.id, user_id=user, seat=1)


def stops(room: ToldRoom, user: UUID) -> SpeakingStopped:
    return SpeakingStopped(room_id=room.id, user_id=user, seat=1, seconds=1)


async def hears(viewer: Viewer, room: ToldRoom, *users: UUID) -> None:
    async def heard() -> bool:
        return viewer.talking.get(room.id) == list(users)

    await until(f"{len(users)} talk", heard)


async def test_who_talks_is_told_and_that_nobody_does_any_more(
    http: httpx.AsyncClient, new_room: NewRoom, measure: Measure
) -> None:
    host, room = await register(http, "Host"), new_room()
    speakers = [uuid4() for _ in range(4)]
    async with watching(http) as viewer:
        await room.tell(room.opened(host))
        await says(viewer, room, "card")
        for user in speakers:
            await measure(starts(room, user))
        await hears(viewer, room, *speakers[:3])
        async with watching(http) as late:
            await hears(late, room, *speakers[:3])
        for user in speakers:
            await measure(stops(room, user))
        await hears(viewer, room)


async def test_who_talks_in_a_private_room_is_for_those_who_may_know_of_it(
    http: httpx.AsyncClient, new_room: NewRoom, measure: Measure
) -> None:
    host, secret, open_to_all = await register(http, "Host"), new_room(), new_room()
    async with watching(http) as stranger, watching(http, host) as hosting:
        await secret.tell(secret.opened(host, Policy(enter="private")))
        await open_to_all.tell(open_to_all.opened(host))
        await says(hosting, secret, "card")
        await says(stranger, open_to_all, "card")
        await measure(starts(secret, host.user_id))
        await measure(starts(open_to_all, host.user_id))
        await hears(hosting, secret, host.user_id)
        await hears(stranger, open_to_all, host.user_id)
        assert secret.id not in stranger.talking
