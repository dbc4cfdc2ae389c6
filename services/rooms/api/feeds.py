"""What there is to read about one room: its facts, what one may do there, who moderated, what it was."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from contracts.cloudevents import to_json
from contracts.problems import Code
from contracts.visibility import as_seen
from services.kit.identity import Caller, MaybeCaller
from services.kit.problems import ProblemError
from services.rooms.api.door import Door, RoomId, refuses
from services.rooms.api.permissions import me_in
from services.rooms.domain.moderation_log import TYPES, entry, entry_as_seen
from services.rooms.domain.refusals import NOT_IN_ROOM, PRIVATE
from services.rooms.domain.state import Room
from services.rooms.queries import was_here
from services.rooms.shapes.outgoing import EventFeed, Me, ModerationEntry, ModerationLog, SummaryShape
from services.rooms.waiting import Arrivals

MOST_EVENTS = 1000
LONGEST_WAIT_SECONDS = 30
NOBODY = UUID(int=0)
After = Annotated[int, Query(ge=0, le=2**62, description="The version above which to begin")]
Limit = Annotated[int, Query(ge=1, le=MOST_EVENTS)]


def build_api(door: Door, arrivals: Arrivals) -> APIRouter:
    api = APIRouter(prefix="/v1/rooms/{room_id}", tags=["rooms"])

    @api.get("/events", responses=refuses())
    async def events(
        room_id: RoomId,
        caller: Caller,
        after: After = 0,
        limit: Limit = 100,
        wait: Annotated[
            float, Query(ge=0, le=LONGEST_WAIT_SECONDS, description="Seconds to wait when there is nothing new yet")
        ] = 0,
    ) -> EventFeed:
        """The room's facts in order, for those in it (and, when it has ended, who were): each as you may see it."""
        room, viewer = await _of_member(room_id, caller.user_id), caller.user_id
        if wait and not room.ended and room.public.seq <= after:
            await arrivals.above(room_id, after, wait)
            room = await _of_member(room_id, viewer)
        envelopes, seq = await door.store.facts(room_id, after, limit)
        role = room.reads_as(viewer)
        seen = [(each, as_seen(each.fact, viewer, role)) for each in envelopes]
        return EventFeed(
            events=[to_json(each.model_copy(update={"fact": fact})) for each, fact in seen if fact], seq=seq
        )

    @api.get("/me", responses=refuses())
    async def me(
        room_id: RoomId,
        caller: Caller,
        about: Annotated[UUID | None, Query(description="Also what you may do about this person")] = None,
    ) -> Me:
        """What may I do here? And for everything I may not: which rule says so, and what would change it."""
        return await me_in(door, room_id, caller, about)

    @api.get("/moderation", responses=refuses(Code.PRIVATE))
    async def moderation(room_id: RoomId, caller: MaybeCaller, after: After = 0, limit: Limit = 100) -> ModerationLog:
        """Who did what to whom, when, why. Whom and why is shown to host and moderators, and of what is about you."""
        viewer = caller.user_id if caller else NOBODY
        room = await _open_to(room_id, viewer)
        role = room.reads_as(viewer)
        envelopes, last = await door.store.facts(room_id, after, limit, TYPES)
        entries = (each for envelope in envelopes if (each := entry(envelope)))
        seen = (entry_as_seen(each, viewer, role is not None and role.moderates) for each in entries)
        return ModerationLog(
            entries=[ModerationEntry(**{**vars(each), **each.more}) for each in seen],
            next_after=last if len(envelopes) == limit else None,
        )

    @api.get("/summary", responses=refuses(Code.PRIVATE))
    async def summary(room_id: RoomId, caller: MaybeCaller) -> SummaryShape:
        """How long, how many, who spoke: at the end, or so far."""
        room = await _open_to(room_id, caller.user_id if caller else NOBODY)
        summed = room.summary
        return SummaryShape(
            id=room_id,
            name=room.public.name,
            started_at=summed.started_at,
            ended_at=summed.ended_at,
            ended=summed.ended,
            seconds=round(summed.lasted(door.clock()).total_seconds(), 3),
            joins=summed.joins,
            peak=summed.peak,
            speaker_ids=sorted(summed.speakers),
        )

    async def _open_to(room_id: UUID, viewer: UUID) -> Room:
        """A private room is open to those in it, and to those who have been."""
        room = await door.room(room_id)
        if room.public.policy.enter == "private" and not room.reads_as(viewer) and viewer not in room.admitted:
            raise ProblemError(PRIVATE.code, PRIVATE.message)
        return room

    async def _of_member(room_id: UUID, viewer: UUID) -> Room:
        room = await door.room(room_id)
        if room.role_of(viewer) or (
            room.ended and viewer not in room.banned and await was_here(door.store, room_id, viewer)
        ):
            return room
        raise ProblemError(NOT_IN_ROOM.code, NOT_IN_ROOM.message)

    return api
