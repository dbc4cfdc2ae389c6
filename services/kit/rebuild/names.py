"""What the new version of a read model is called while it is made."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    live: str  # the projection

    @property
    def new(self) -> str:
        """The projection that keeps the new version up to date."""
        return f"{self.live}_new"

    @property
    def schema(self) -> str:
        return f"{self.live.replace('-', '_')}_new"

    @property
    def search_path(self) -> str:
        """Of whoever works on the new version: its tables, and everybody's for the rest."""
        return f"{self.schema}, public"

    @property
    def former(self) -> str:
        """The schema in which the live tables end."""
        return f"{self.live.replace('-', '_')}_former"
