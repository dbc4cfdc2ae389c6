"""Where operators' commands go: the stack that runs here, or servers of one's own."""

import os
from dataclasses import dataclass

from hallway import secrets_file, state
from hallway.layout import Layout
from hallway.parts.databases import Databases
from hallway.trouble import NothingRuns


@dataclass(frozen=True)
class Target:
    kafka: str
    databases: Databases

    @classmethod
    def of_environment(cls) -> "Target":
        """What `hallway up` runs; DATABASE_URL and KAFKA_BOOTSTRAP replace its parts. Raises `NothingRuns`."""
        layout = Layout.of_environment()
        kafka, url = os.environ.get("KAFKA_BOOTSTRAP"), os.environ.get("DATABASE_URL")
        document = state.read(layout.state)
        if document is None and not (kafka and url):
            raise NothingRuns
        ports = document["ports"] if document else {}
        secrets = secrets_file.load(layout.secrets)
        own = f"postgresql://postgres:{secrets['postgres']}@127.0.0.1:{ports.get('postgres')}/postgres"
        return cls(kafka or f"127.0.0.1:{ports.get('kafka')}", Databases(url or own, secrets))

    def env(self, service: str) -> dict[str, str]:
        """What a process of this service's code needs to get at its database and at Kafka."""
        return {"DATABASE_URL": self.databases.url(service), "KAFKA_BOOTSTRAP": self.kafka}
