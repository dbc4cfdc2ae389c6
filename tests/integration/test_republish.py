"""`hallway republish` and `hallway lag`: what was told is told once more, and nobody counts it twice."""

from uuid import UUID

import httpx

from contracts.cloudevents import claimed_version
from contracts.kafka import ROOM_EVENTS
from hallway.stack import Stack
from services.kit.replay import Replay
from tests.operators import differences, hallway
from tests.people import register, sign_in
from tests.waiting import until


async def versions_told(stack: Stack, room: UUID) -> list[int | None]:
    """Of this room in Kafka, from the beginning to the end."""
    partition = ROOM_EVENTS.partition_of(room)
    async with Replay(stack.kafka, ROOM_EVENTS) as log:
        start, end = (await log.beginnings())[partition], (await log.ends())[partition]
        batches = [batch async for batch in log.read(partition, start, end)]
    return [claimed_version(each.headers) for batch in batches for each in batch if each.key == str(room).encode()]


async def test_facts_sent_again_change_nothing(stack: Stack, http: httpx.AsyncClient) -> None:
    rick, sarah = await sign_in(http, "rick"), await register(http, "Sarah")
    room = UUID(await rick.open_room("Twice told"))
    joined = await sarah.join(room)
    await rick.do("GET", f"/v1/rooms/{room}?min_seq={joined['seq']}")
    said = await hallway(stack, "republish", "rooms")
    assert said.code == 0, said.err
    assert "facts of rooms were sent again" in said.out
    assert await versions_told(stack, room) == [1, 2, 1, 2]
    assert await differences(stack, {room}) == []
    card = (await http.get(f"/v1/rooms/{room}")).json()["room"]
    assert (card["seq"], card["participant_count"]) == (2, 2)


async def test_lag_names_every_relay_and_every_consumer(stack: Stack) -> None:
    async def nobody_behind() -> bool:
        rows = (await hallway(stack, "lag", "--json")).document
        assert {"relay", "hallway", "rooms-clubs", "rooms-presence", "rooms-blocks"} <= {row["who"] for row in rows}
        return all(row["records"] == 0 and row["missing"] == "" for row in rows)

    await until("everybody has read everything", nobody_behind, seconds=60)


async def test_a_service_without_facts_is_refused(stack: Stack) -> None:
    said = await hallway(stack, "republish", "media")
    assert said.code == 2
    assert all(name in said.err for name in ("'media' has no facts", "directory", "rooms", "signalling"))
