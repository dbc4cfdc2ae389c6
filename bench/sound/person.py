"""Somebody who stepped into a room of the whole stack, with sound."""

from contextlib import AsyncExitStack

from hallway.stack import Stack
from tests.media_client import MediaClient
from tests.people import Person
from tests.sockets import stepped_in
from tests.sounding import sound_of


async def stepped_in_with_sound(stack: Stack, person: Person, room_id: str, inside: AsyncExitStack) -> MediaClient:
    """Until `inside` ends."""
    joined, _ = await inside.enter_async_context(stepped_in(stack.url, person, room_id))
    client, _ = await sound_of(person.http, room_id, joined["tickets"]["media"])
    inside.callback(client.vanish)
    return client
