"""What happens by itself on a node, besides what its planes do: rooms that nobody has been in are forgotten."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from services.media.node import MediaNode

ROUND_SECONDS = 5.0


async def run(node: MediaNode, forget: Callable[[UUID], None]) -> None:
    """Until cancelled; `forget` hears of those rooms."""
    while True:
        await asyncio.sleep(ROUND_SECONDS)
        for room_id in node.forget_empty():
            forget(room_id)
