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


class UserPage(Users):
    next_cursor: str | None


class Acquaintance(UserShape):
    followed: bool  # by whoever asks


class Acquaintances(Shape):
    users: list[Acquaintance]
    next_cursor: str | None


class ProfileShape(UserShape):
    """`mutual_count`: people whom the one who asks follows, and who follow this one."""

    bio: str
    links: list[str]
    follower_count: int
    following_count: int
    mutual_count: int
    followed: bool  # by whoever asks
    follows_me: bool
    blocked: bool  # by whoever asks; nobody is told that they are


class ProfileAnswer(Shape):
    user: ProfileShape


class MyShape(UserShape):
    guest: bool = False
    bio: str = ""
    links: tuple[str, ...] = ()
    email: str | None = None
    email_verified: bool = False
    has_password: bool = False


class Me(Shape):
    user: MyShape


class Described(Me, Done):
    pass


class Session(Shape):
    access_token: str
    expires_in: int  # seconds
    user: UserShape


class Registered(Session, Done):
    id: UUID


class Device(Shape):
    """A session that outlives its access token. `name`: the browser's."""

    id: UUID
    name: str
    signed_in_at: datetime
    last_used_at: datetime
    current: bool


class Devices(Shape):
    devices: list[Device]


class SignedOut(Shape):
    signed_out: int  # other devices


class EmailShape(Shape):
    email: str
    email_verified: bool


class Following(Done):
    following: bool


class Blocking(Done):
    blocked: bool


class Put(Done):
    """A demo's person or club, by the id that was chosen."""

    id: UUID


class Provider(Shape):
    name: str
    href: str  # a page to go to; `?next=` is where it comes back to


class Ways(Shape):
    """How one signs in here."""

    passwords: bool = True
    oidc: Provider | None
    demo: bool
