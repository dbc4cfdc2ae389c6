"""Topics and clubs."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from services.directory.shapes.base import Done, Shape


class Topic(Shape):
    id: UUID
    name: str
    follower_count: int
    followed: bool  # by whoever asks


class Topics(Shape):
    topics: list[Topic]


class ClubShape(Shape):
    """`followed` and what comes after it are about whoever asks."""

    id: UUID
    name: str
    topic: str | None
    topic_id: UUID
    description: str
    rules: str
    admission: Literal["open", "approval", "invitation"]
    founder_id: UUID
    admin_ids: list[UUID]
    follower_count: int
    member_count: int
    followed: bool
    role: Literal["founder", "admin", "member"] | None
    waiting: Literal["asked", "invited"] | None
    banned: bool


class ClubAnswer(Shape):
    club: ClubShape


class Clubs(Shape):
    clubs: list[ClubShape]
    next_cursor: str | None


class Belonging(ClubAnswer):
    role: Literal["founder", "admin", "member"]
    since: datetime


class Belongings(Shape):
    clubs: list[Belonging]
    next_cursor: str | None


class Invitation(ClubAnswer):
    by: UUID | None
    since: datetime


class Invitations(Shape):
    invitations: list[Invitation]
    next_cursor: str | None


class Founded(ClubAnswer, Done):
    id: UUID


class ClubDone(ClubAnswer, Done):
    pass


class Followed(Done):
    followed: bool


class Named(Shape):
    user_id: UUID
    name: str
    username: str | None
    since: datetime


class ClubMember(Named):
    role: Literal["founder", "admin", "member"]


class ClubMembers(Shape):
    members: list[ClubMember]
    next_cursor: str | None


class Waiting(Named):
    kind: Literal["asked", "invited"]
    by: UUID | None  # who invited


class WaitingList(Shape):
    waiting: list[Waiting]
    next_cursor: str | None


class ClubBan(Named):
    by: UUID


class ClubBans(Shape):
    bans: list[ClubBan]
    next_cursor: str | None
