"""The services' own doors for operators, each a process of that service's code."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

from hallway.target import Target


@dataclass(frozen=True)
class Door:
    service: str

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", f"services.{self.service}.operations", *arguments]

    def env(self, target: Target) -> Mapping[str, str]:
        return {**os.environ, **target.env(self.service)}


DOORS = {  # by consumer
    "hallway": Door("directory"),
    "directory-departures": Door("directory"),
    "rooms-clubs": Door("rooms"),
    "rooms-presence": Door("rooms"),
    "rooms-blocks": Door("rooms"),
}


def become(target: Target, consumer: str, *arguments: str) -> NoReturn:
    """From here on be a command of that door: its words, its exit code, and the signals are its own."""
    door = DOORS[consumer]
    os.execve(sys.executable, door.command(*arguments), door.env(target))


def call(target: Target, consumer: str, *arguments: str) -> int:
    """Run a command of that door, here in the terminal, and return its exit code."""
    door = DOORS[consumer]
    return subprocess.run(door.command(*arguments), env=door.env(target), check=False).returncode
