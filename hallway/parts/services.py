"""The Python services: which process, with which settings. A part more is a row more."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from hallway.parts.databases import Databases
from hallway.ports import MEDIA_LOOPS, Ports
from hallway.probes import http_ok
from hallway.process import Spec

KEEP_ALIVE_SECONDS = "75"  # above the gateway's idle time-out, so that it never writes to a connection just closed
GRACE_SECONDS = "3"  # for streams and sockets at the end


@dataclass(frozen=True)
class House:
    """What every service is told: where the others are, and the secrets of this stack."""

    ports: Ports
    kafka: str
    databases: Databases
    secrets: Mapping[str, str]

    def url(self, service: str) -> str:
        return f"http://127.0.0.1:{getattr(self.ports, service)}"

    def common(self) -> dict[str, str]:
        return {
            "KAFKA_BOOTSTRAP": self.kafka,
            "SERVICE_SECRET": self.secrets["service"],
            "DIRECTORY_URL": self.url("directory"),
            "ROOMS_URL": self.url("rooms"),
            "SIGNALLING_URL": self.url("signalling"),
            "DEMO_MODE": "true",
        }

    def store(self, service: str) -> dict[str, str]:
        return {"DATABASE_URL": self.databases.url(service), "KEY_SECRET": self.secrets["key"]}


def specs(house: House) -> list[list[Spec]]:
    """In the order in which they start; those of a step together."""
    loader = {"LOADER_SECRET": house.secrets["loader"]}
    media = {
        "MEDIA_UDP_PORT": str(house.ports.media_udp),
        "MEDIA_LOOPS": str(MEDIA_LOOPS),
        "NODE_ID": "media-1",
        "NODE_URL": house.url("media"),
    }
    mail = {
        "MAIL_SERVER": os.environ.get("MAIL_SERVER") or f"smtp://127.0.0.1:{house.ports.mail_smtp}",
        "PUBLIC_URL": os.environ.get("PUBLIC_URL") or f"http://localhost:{house.ports.gateway}",
    }
    return [
        [
            _service(house, "mail", "hallway.mail", {"SMTP_PORT": str(house.ports.mail_smtp)}),
            _service(house, "directory", "services.directory.main", house.store("directory") | loader | mail),
            _service(house, "projector", "services.directory.projector", house.store("directory") | loader),
        ],
        [
            _service(house, "rooms", "services.rooms.main", house.store("rooms") | loader),
            _service(house, "media", "services.media.main", media),
        ],
        [
            _service(house, "signalling", "services.signalling.main", house.store("signalling")),
            _service(house, "web", "hallway.web", {}),
        ],
    ]


def _service(house: House, name: str, module: str, env: Mapping[str, str]) -> Spec:
    port = getattr(house.ports, name)
    options = {
        "--host": "127.0.0.1",
        "--port": str(port),
        "--loop": "uvloop",
        "--timeout-keep-alive": KEEP_ALIVE_SECONDS,
        "--timeout-graceful-shutdown": GRACE_SECONDS,
        "--log-level": "warning",
    }
    flags = [part for option in options.items() for part in option]
    return Spec(
        name=name,
        command=[sys.executable, "-m", "uvicorn", "--factory", f"{module}:create_app", "--no-access-log", *flags],
        healthy=lambda: http_ok(port, "/readyz"),
        env={**house.common(), **env},
        remedy=f"see `hallway logs {name}`",
    )
