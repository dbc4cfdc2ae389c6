"""What rooms answers."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from contracts.roles import Role
from contracts.room_view import RoomView
from contracts.rooms import EndedReason, Policy


class Done(BaseModel):
    seq: Annotated[int, Field(description="The room's version after the command")]


class Opened(Done):
    id: UUID


class JoinedParticipant(BaseModel):
    user_id: UUID
    role: Role
    name: str
    seat: int
    connection_no: int


class TicketPair(BaseModel):
    signal: Annotated[str, Field(description="Opens the room socket, once, within 60 s")]
    media: Annotated[str, Field(description="Opens a media session, once, within 60 s")]


class Joined(Done):
    participant: JoinedParticipant
    room: RoomView
    tickets: TicketPair
    note: Annotated[str | None, Field(description="Said to somebody who comes back and is not what they were")]


class LinkShape(BaseModel):
    link_id: UUID
    link: Annotated[str, Field(description="What `join` takes as `link`; whoever has it is let in")]
    by: UUID
    expires_at: datetime


class MadeLink(Done):
    link_id: UUID
    link: str
    expires_at: datetime


class Links(BaseModel):
    links: list[LinkShape]


class EventFeed(BaseModel):
    events: Annotated[list[dict[str, Any]], Field(description="Facts as CloudEvents 1.0 JSON, in order")]
    seq: Annotated[int, Field(description="The last one covered, also by facts that this viewer may not see")]


class Permission(BaseModel):
    """Of one action. `code` and `message`: which rule says no, and what would change it."""

    allowed: bool
    code: str | None = None
    message: str | None = None


class Caution(BaseModel):
    """What one may want to know before stepping in."""

    code: Literal["blocked_on_stage", "blocked_by_on_stage"]
    message: str
    user_ids: Annotated[list[UUID], Field(description="Whom you have blocked; who has blocked you is not said")]


class Me(BaseModel):
    seq: int
    role: Annotated[Role | None, Field(description="null when you are not in the room")]
    seat: int | None
    may: Annotated[dict[str, Permission], Field(description="By action; `speak` says why you are not heard")]
    towards: Annotated[dict[str, Permission] | None, Field(description="What you may do about the person asked for")]
    warnings: list[Caution]


class ModerationEntry(BaseModel):
    """Who did what to whom, when, why. Of what is about others, listeners and speakers do not see whom, nor why."""

    seq: int
    at: datetime
    action: str
    by: UUID | None
    user_id: UUID | None = None
    why: str | None = None
    role: Role | None = None
    until: datetime | None = None
    name: str | None = None
    policy: Policy | None = None


class ModerationLog(BaseModel):
    entries: list[ModerationEntry]
    next_after: Annotated[int | None, Field(description="`after` of the next page; null when this is the last one")]


class SummaryShape(BaseModel):
    id: UUID
    name: str
    started_at: datetime | None
    ended_at: datetime | None
    ended: Annotated[EndedReason | None, Field(description="Why it ended; null while it lasts")]
    seconds: Annotated[float, Field(description="How long it lasted, or has lasted so far")]
    joins: Annotated[int, Field(description="Seats taken; somebody who comes twice counts twice")]
    peak: Annotated[int, Field(description="The most people at one time")]
    speaker_ids: Annotated[list[UUID], Field(description="Whoever was on stage")]
