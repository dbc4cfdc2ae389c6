"""The hallway: cards, and a room with the people in it."""

from datetime import datetime
from uuid import UUID

from contracts.roles import Role
from contracts.room_snapshot import RoomState
from contracts.rooms import Policy
from services.directory.queries.ranking import Kind
from services.directory.shapes.base import Shape


class HostShape(Shape):
    user_id: UUID
    name: str


class Panellist(Shape):
    user_id: UUID
    role: Role
    name: str


class CardShape(Shape):
    id: UUID
    name: str
    club_name: str | None
    club_id: UUID | None
    topic: str | None
    panel: list[Panellist]  # at most 6, by role, then seat
    panel_count: int
    participant_count: int
    host: HostShape | None  # the panel's; of a scheduled room who will be
    scheduled_for: datetime | None  # of a scheduled room
    started_at: datetime | None
    state: RoomState
    seq: int


class Rooms(Shape):
    rooms: list[CardShape]
    next_cursor: str | None


class Why(Shape):
    """Why somebody is shown a room: `text` for people."""

    kind: Kind
    text: str
    user_ids: list[UUID] | None = None  # of `follows`: at most 3


class CardForYou(CardShape):
    reasons: list[Why]  # the weightiest first


class RoomsForYou(Shape):
    """With `sort=for_you`."""

    rooms: list[CardForYou]
    next_cursor: str | None


class ParticipantShape(Panellist):
    seat: int
    muted: bool  # by a moderator


class ListenerShape(ParticipantShape):
    followed_by_speakers: bool  # for the signed-in; false for everybody else


class RoomShape(Shape):
    id: UUID
    name: str
    club_id: UUID | None
    club_name: str | None
    topic: str | None
    state: RoomState
    policy: Policy
    panel: list[ParticipantShape]
    panel_count: int
    followed_by_speakers: list[ListenerShape]  # of the audience, at most 50; for the signed-in
    audience: list[ListenerShape]  # the first 50, those as well
    audience_count: int
    participant_count: int
    host: HostShape | None
    scheduled_for: datetime | None
    started_at: datetime | None
    seq: int


class RoomAnswer(Shape):
    room: RoomShape


class Audience(Shape):
    audience: list[ListenerShape]
    next_cursor: str | None


class Gone(Shape):
    id: UUID
    seq: int


class Talking(Shape):
    """Who talks in a room, at most three; nobody any more when there is nobody."""

    room_id: UUID
    user_ids: list[UUID]
