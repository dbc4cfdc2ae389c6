"""Where the stack keeps its things: one folder, `.hallway/` unless HALLWAY_DATA says otherwise."""

import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Layout:
    """Paths below the data folder."""

    root: Path

    @classmethod
    def of_environment(cls) -> "Layout":
        return cls(Path(os.environ.get("HALLWAY_DATA", CHECKOUT / ".hallway")).absolute())

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def kafka(self) -> Path:
        return self.root / "kafka"

    @property
    def gateway(self) -> Path:
        return self.root / "gateway"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets.json"

    @property
    def state(self) -> Path:
        """What runs, for `hallway status` in another terminal and for the next start."""
        return self.root / "running.json"

    def make(self) -> None:
        for folder in (self.root, self.logs, self.postgres, self.kafka, self.gateway):
            folder.mkdir(parents=True, exist_ok=True)


JARS = CHECKOUT / ".jgo"  # Kafka's, shared by every stack of this checkout
WEB = CHECKOUT / "web" / "dist"
