"""What rooms knows of a club, handed in with a command like the clock."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Club:
    club_id: UUID
    topic_id: UUID
    founder_id: UUID
    admins: frozenset[UUID] = frozenset()

    def hosts(self, user: UUID) -> bool:
        """A club room's host may be any club admin."""
        return user == self.founder_id or user in self.admins
