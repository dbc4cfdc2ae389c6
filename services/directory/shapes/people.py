"""People, sessions, and how people stand to each other."""

from datetime import datetime
from uuid import UUID

from services.directory.shapes.base import Done, Shape


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


class Registered(Session, Done):
    id: UUID


class Renamed(UserAnswer, Done):
    pass


class Following(Done):
    following: bool


class Blocking(Done):
    blocked: bool


class Put(Done):
    """A demo's person or club, by the id that was chosen."""

    id: UUID
