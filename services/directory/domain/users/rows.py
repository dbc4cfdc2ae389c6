"""What stands beside a person's log: what is read for a decision, and what is written with it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.users import Profile
from services.directory.domain.users import relations
from services.directory.domain.users.relations import NOBODY, Other
from services.directory.domain.users.topics import TopicRow

NOTHING_SAID = Profile()


@dataclass(frozen=True)
class Beside:
    """This person as they are described now, their key, and the other one or the topic of which a command speaks."""

    profile: Profile = NOTHING_SAID
    key: bytes | None = None
    other: Other = NOBODY
    follows_topic: bool = False


@dataclass(frozen=True)
class Identity:
    """Whom an OIDC provider knows them as."""

    issuer: str
    subject: str


@dataclass(frozen=True)
class PersonRow:
    user_id: UUID
    username: str
    name: str
    password_hash: str | None
    key: bytes
    joined_at: datetime
    identity: Identity | None = None


@dataclass(frozen=True)
class ProfileRow:
    """Only what changed is there."""

    changed: Profile


@dataclass(frozen=True)
class ErasedRow:
    """The key is destroyed, and everything that says who it was."""


Row = PersonRow | ProfileRow | ErasedRow | TopicRow | relations.Row
