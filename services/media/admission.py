"""How much a node takes on, so that whoever is on it keeps their sound when too many come."""

from dataclasses import dataclass


class NodeFull(Exception):
    """There is no place for one more; after `retry_seconds` there may be one."""

    def __init__(self, message: str, retry_seconds: int) -> None:
        super().__init__(message)
        self.retry_seconds = retry_seconds


@dataclass(frozen=True)
class Limits:
    silence_seconds: float  # after that long without a sign of life a session is ended
    most_sessions: int
    most_joining: int  # sessions whose encryption does not stand yet

    def admit(self, sessions: int, joining: int) -> None:
        """Raises `NodeFull` when so many are here."""
        if sessions >= self.most_sessions:
            raise NodeFull("There is no room for more people's sound right now. Try again in a little while.", 5)
        if joining >= self.most_joining:
            raise NodeFull("Very many people are coming in right now. Try again in a moment.", 1)

    def places(self, sessions: int) -> int:
        return max(0, self.most_sessions - sessions)
