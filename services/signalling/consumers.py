"""Kafka in, without groups: every instance reads every record, and looks only into what it serves."""

import asyncio

from contracts.cloudevents import UnknownType
from contracts.media import MEDIA_FACTS
from contracts.rooms import ROOM_FACTS
from services.kit.offsets import Records
from services.kit.tail import Tail, read
from services.signalling.feeds import Feeds
from services.signalling.nodes import Nodes

FIRST_BEATS_SECONDS = 2.5  # nodes beat every 2 s: by then each that lives was heard


async def follow_rooms(tail: Tail, feeds: Feeds) -> None:
    """The facts of rooms, from where the log ends now."""

    async def heard(records: Records) -> None:
        await feeds.hear(read(records, ROOM_FACTS))

    await tail.run(heard)


async def follow_nodes(tail: Tail, nodes: Nodes) -> None:
    """The beats of media nodes, from the beginning of their compacted topic."""

    async def heard(records: Records) -> None:
        for each in read(records, MEDIA_FACTS):
            if not isinstance(each, UnknownType):
                nodes.note(each)

    await tail.run(heard)


async def settle_nodes(tail: Tail, nodes: Nodes) -> None:
    """Until then nobody can say that a seat has no sound: the node that carries it may not be known yet."""
    await tail.started.wait()
    await asyncio.sleep(FIRST_BEATS_SECONDS)
    nodes.known = True
