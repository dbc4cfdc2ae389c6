"""Reading one's own writes: what a command answered is waited for."""

import asyncio
import time
from uuid import UUID

from contracts.problems import Code
from services.directory.queries import room
from services.kit.database import Database
from services.kit.problems import ProblemError

WAIT_SECONDS, LOOK_SECONDS = 1.0, 0.02


async def visible(database: Database, room_id: UUID, viewer_id: UUID | None, min_seq: int) -> bool:
    """Whether the room is there for this viewer, once it is here as of `min_seq`. Raises `ProblemError` after 1 s.

    A private room of others is waited for like one that does not exist, so that it cannot be told from that.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while (seq := await room.seq(database, room_id, viewer_id)) < min_seq:
        if time.monotonic() > deadline:
            message = "This is not visible here yet. Try again in a second."
            raise ProblemError(Code.NOT_YET_VISIBLE, message, {"Retry-After": "1"})
        await asyncio.sleep(LOOK_SECONDS)
    return seq > 0
