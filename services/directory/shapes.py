"""The JSON that leaves the directory."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from contracts.roles import Role
from contracts.room_snapshot import RoomState
from contracts.rooms import Policy


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class UserShape(Shape):
    id: UUID
    username: str | None  # guests have none
    name: str
    joined_at: datetime | None = None


class Users(Shape):
    users: list[UserShape]


class BlockedUsers(Users):
    next_cursor: str | None


class UserAnswer(Shape):
    user: UserShape


class MyShape(UserShape):
    email: str | None = None
    guest: bool = False


class Me(Shape):
    user: MyShape


class Session(Shape):
    access_token: str
    expires_in: int  # seconds
    user: UserShape


class Done(Shape):
    seq: int


class Registered(Session, Done):
    id: UUID


class Renamed(UserAnswer, Done):
    pass


class Following(Done):
    following: bool


class Blocking(Done):
    blocked: bool


class Topic(Shape):
    id: UUID
    name: str


class Topics(Shape):
    topics: list[Topic]


class ClubShape(Shape):
    id: UUID
    name: str
    topic: str | None
    founder_id: UUID
    admin_ids: list[UUID]
    follower_count: int
    followed: bool  # by whoever asks


class ClubAnswer(Shape):
    club: ClubShape


class Clubs(Shape):
    clubs: list[ClubShape]
    next_cursor: str | None


class Founded(ClubAnswer, Done):
    id: UUID


class ClubDone(ClubAnswer, Done):
    pass


class Followed(Done):
    followed: bool


class Put(Done):
    """A demo's person or club, by the id that was chosen."""

    id: UUID


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


class ParticipantShape(Panellist):
    seat: int
    muted: bool  # by a moderator


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
    audience: list[ParticipantShape]  # the first 50
    audience_count: int
    participant_count: int
    host: HostShape | None
    scheduled_for: datetime | None
    started_at: datetime | None
    seq: int


class RoomAnswer(Shape):
    room: RoomShape


class Audience(Shape):
    audience: list[ParticipantShape]
    next_cursor: str | None


class Gone(Shape):
    id: UUID
    seq: int
