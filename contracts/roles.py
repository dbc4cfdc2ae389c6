"""HOST > MODERATOR > SPEAKER > AUDIENCE."""

from enum import StrEnum


class Role(StrEnum):
    HOST = "HOST"
    MODERATOR = "MODERATOR"
    SPEAKER = "SPEAKER"
    AUDIENCE = "AUDIENCE"

    @property
    def rank(self) -> int:
        """0 for the host and up from there: a smaller rank is a higher role."""
        return _RANK[self]

    def above(self, other: "Role") -> bool:
        """Strictly above: one acts only on a strictly lower role."""
        return self.rank < other.rank

    @property
    def on_stage(self) -> bool:
        """On the panel, and so allowed to speak."""
        return self is not Role.AUDIENCE

    @property
    def moderates(self) -> bool:
        return self in (Role.HOST, Role.MODERATOR)


_RANK = {role: rank for rank, role in enumerate(Role)}
