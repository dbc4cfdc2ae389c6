"""Topics and clubs."""

from uuid import UUID

from services.directory.shapes.base import Done, Shape


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
